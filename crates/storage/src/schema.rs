//! The tables, as `migrations/` makes them on both databases (a test compares).
//! Names and types only: rows and queries stand beside each other in the file of their noun.

#![expect(
    missing_docs,
    reason = "the columns are described in migrations/ and docs/personal-data.md"
)]

diesel::table! {
    organisations (id) {
        id -> Text,
        name -> Text,
        built_in -> Bool,
        created_at -> Timestamp,
    }
}

diesel::table! {
    invitations (id) {
        id -> Text,
        organisation_id -> Text,
        kind -> Text,
        secret_hash -> Text,
        host -> Nullable<Text>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    registrations (id) {
        id -> Text,
        organisation_id -> Text,
        invitation_id -> Nullable<Text>,
        issuer -> Text,
        client_id -> Text,
        auth_login_url -> Text,
        token_url -> Text,
        token_audience -> Nullable<Text>,
        jwks_url -> Text,
        product_family -> Text,
        platform_name -> Text,
        status -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        paused_until -> Nullable<Timestamp>,
        service_origins -> Text,
        platform_guid -> Text,
    }
}

diesel::table! {
    platform_checks (registration_id) {
        registration_id -> Text,
        verdict -> Text,
        findings -> Text,
        checked_at -> Timestamp,
    }
}

diesel::table! {
    platform_offers (registration_id) {
        registration_id -> Text,
        configuration_url -> Text,
        management_url -> Nullable<Text>,
        management_token -> Nullable<Text>,
        offer -> Text,
        asked -> Text,
        stored -> Text,
        read_at -> Timestamp,
    }
}

diesel::table! {
    registration_changes (id) {
        id -> Text,
        registration_id -> Text,
        source -> Text,
        state -> Text,
        differences -> Text,
        found_at -> Timestamp,
        decided_at -> Nullable<Timestamp>,
        decided_by -> Nullable<Text>,
    }
}

diesel::table! {
    registration_joins (id) {
        id -> Text,
        organisation_id -> Text,
        former_registration_id -> Text,
        registration_id -> Text,
        joined_by -> Nullable<Text>,
        joined_at -> Timestamp,
        undone_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    join_moves (id) {
        id -> Text,
        registration_join_id -> Text,
        kind -> Text,
        subject_id -> Text,
        former -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    deployments (id) {
        id -> Text,
        registration_id -> Text,
        platform_id -> Text,
        status -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    tool_keys (id) {
        id -> Text,
        private_key -> Text,
        public_key -> Text,
        created_at -> Timestamp,
        retired_at -> Nullable<Timestamp>,
        state -> Text,
        signing_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    key_drills (registration_id, tool_key_id) {
        registration_id -> Text,
        tool_key_id -> Text,
        result -> Text,
        detail -> Text,
        tries -> BigInt,
        due_at -> Timestamp,
        tried_at -> Nullable<Timestamp>,
        proven_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    platform_key_sets (registration_id) {
        registration_id -> Text,
        jwks_url -> Text,
        key_set -> Text,
        fetched_at -> Timestamp,
    }
}

diesel::table! {
    login_states (id) {
        id -> Text,
        state_hash -> Text,
        cookie_hash -> Text,
        nonce -> Text,
        registration_id -> Text,
        target_link_uri -> Text,
        deployment_platform_id -> Nullable<Text>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        storage_hash -> Nullable<Text>,
        storage_target -> Nullable<Text>,
        way -> Text,
    }
}

diesel::table! {
    learner_codes (id) {
        id -> Text,
        organisation_id -> Text,
        kind -> Text,
        code_hash -> Text,
        label -> Text,
        identity_id -> Nullable<Text>,
        created_by -> Nullable<Text>,
        created_at -> Timestamp,
        expires_at -> Nullable<Timestamp>,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    parked_launches (id) {
        id -> Text,
        deployment_id -> Text,
        registration_id -> Text,
        cookie_name -> Text,
        cookie_hash -> Text,
        storage_hash -> Text,
        message -> Text,
        proven_by -> Text,
        ticket_hash -> Nullable<Text>,
        ticket_expires_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        evidence -> Nullable<Text>,
    }
}

diesel::table! {
    launch_ways (deployment_id, day, way) {
        deployment_id -> Text,
        day -> Text,
        way -> Text,
        launches -> BigInt,
    }
}

diesel::table! {
    sign_in_states (id) {
        id -> Text,
        state_hash -> Text,
        cookie_hash -> Text,
        provider -> Text,
        nonce -> Text,
        code_verifier -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        audience -> Text,
    }
}

diesel::table! {
    browsers (id) {
        id -> Text,
        secret_hash -> Text,
        created_at -> Timestamp,
        seen_at -> Timestamp,
    }
}

diesel::table! {
    persons (id) {
        id -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    identities (id) {
        id -> Text,
        person_id -> Text,
        kind -> Text,
        registration_id -> Nullable<Text>,
        subject -> Text,
        name -> Nullable<Text>,
        given_name -> Nullable<Text>,
        family_name -> Nullable<Text>,
        email -> Nullable<Text>,
        sourced_id -> Nullable<Text>,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        issuer -> Nullable<Text>,
    }
}

diesel::table! {
    organisation_roles (organisation_id, person_id, role) {
        organisation_id -> Text,
        person_id -> Text,
        role -> Text,
        granted_at -> Timestamp,
    }
}

diesel::table! {
    contexts (id) {
        id -> Text,
        deployment_id -> Text,
        platform_id -> Text,
        label -> Text,
        title -> Text,
        line_items_url -> Nullable<Text>,
        ags_scopes -> Text,
        memberships_url -> Nullable<Text>,
        roster_read_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        history -> Text,
        copied_from -> Nullable<Text>,
        copy_answer -> Text,
        roster_tried_at -> Nullable<Timestamp>,
        roster_problem -> Nullable<Text>,
    }
}

diesel::table! {
    enrolments (id) {
        id -> Text,
        context_id -> Text,
        identity_id -> Text,
        launch_role -> Nullable<Text>,
        roster_role -> Nullable<Text>,
        in_roster -> Bool,
        launched_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        roster_role_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    link_members (resource_link_id, identity_id) {
        resource_link_id -> Text,
        identity_id -> Text,
    }
}

diesel::table! {
    resource_links (id) {
        id -> Text,
        context_id -> Text,
        platform_id -> Text,
        title -> Text,
        line_item_url -> Nullable<Text>,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        named_assessment -> Nullable<Text>,
        members_read_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        browser_id -> Text,
        person_id -> Text,
        identity_id -> Text,
        organisation_id -> Text,
        registration_id -> Nullable<Text>,
        deployment_id -> Nullable<Text>,
        context_id -> Nullable<Text>,
        resource_link_id -> Nullable<Text>,
        kind -> Text,
        role -> Text,
        locale -> Text,
        csrf_token -> Text,
        launch -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    refusals (id) {
        id -> Text,
        code -> Text,
        detail -> Text,
        registration_id -> Nullable<Text>,
        created_at -> Timestamp,
        organisation_id -> Nullable<Text>,
    }
}

diesel::table! {
    kept_launches (id) {
        id -> Text,
        registration_id -> Text,
        subject -> Text,
        code -> Text,
        detail -> Text,
        content -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    test_launches (registration_id) {
        registration_id -> Text,
        until -> Timestamp,
    }
}

diesel::table! {
    assessments (id) {
        id -> Text,
        organisation_id -> Text,
        visibility -> Text,
        title -> Text,
        search_text -> Text,
        draft -> Text,
        draft_revision -> BigInt,
        published_version_id -> Nullable<Text>,
        created_by -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        archived_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    items (id) {
        id -> Text,
        organisation_id -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    item_versions (id) {
        id -> Text,
        item_id -> Text,
        number -> BigInt,
        content -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    assessment_versions (id) {
        id -> Text,
        assessment_id -> Text,
        number -> BigInt,
        content -> Text,
        created_by -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    marking_policies (id) {
        id -> Text,
        assessment_id -> Text,
        number -> BigInt,
        content -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    regrade_trials (regrade_id) {
        regrade_id -> Text,
        run -> Text,
        after_attempt -> Text,
        total -> BigInt,
        looked -> BigInt,
        content -> Text,
        finished_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    regrade_moves (regrade_id, attempt_id) {
        regrade_id -> Text,
        attempt_id -> Text,
        score_before -> Double,
        score_after -> Double,
    }
}

diesel::table! {
    regrades (id) {
        id -> Text,
        assessment_id -> Text,
        context_id -> Text,
        base_number -> BigInt,
        correction -> Text,
        raise_only -> Bool,
        reason -> Text,
        state -> Text,
        created_by -> Nullable<Text>,
        created_at -> Timestamp,
        marking_policy_id -> Nullable<Text>,
        committed_at -> Nullable<Timestamp>,
        total -> BigInt,
        marked -> BigInt,
        raised -> BigInt,
        lowered -> BigInt,
        queued -> BigInt,
        finished_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    grade_columns (id) {
        id -> Text,
        context_id -> Text,
        resource_id -> Text,
        label -> Text,
        line_item_url -> Nullable<Text>,
        score_maximum -> Double,
        origin -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        kind -> Text,
        rounding -> Text,
        unfinished -> Text,
        missing -> Nullable<Text>,
        platform_maximum -> Nullable<Double>,
        former_maximum -> Nullable<Double>,
        maximum_changed_at -> Nullable<Timestamp>,
        checked_at -> Nullable<Timestamp>,
        copied_from -> Nullable<Text>,
    }
}

diesel::table! {
    column_contributions (grade_column_id, placement_id) {
        grade_column_id -> Text,
        placement_id -> Text,
        weight -> BigInt,
    }
}

diesel::table! {
    placements (id) {
        id -> Text,
        context_id -> Text,
        resource_link_id -> Nullable<Text>,
        assessment_id -> Text,
        grade_column_id -> Text,
        weight -> Double,
        created_by -> Nullable<Text>,
        created_at -> Timestamp,
        copied_from -> Nullable<Text>,
        copy_state -> Text,
        former_weight -> Nullable<Double>,
    }
}

diesel::table! {
    attempts (id) {
        id -> Text,
        placement_id -> Text,
        person_id -> Text,
        identity_id -> Text,
        number -> BigInt,
        assessment_version_id -> Text,
        seed -> BigInt,
        language -> Text,
        state -> Text,
        started_at -> Timestamp,
        due_at -> Nullable<Timestamp>,
        submitted_at -> Nullable<Timestamp>,
        ended_by -> Nullable<Text>,
        last_position -> BigInt,
        submit_until -> Nullable<Timestamp>,
        break_ends_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    attempt_entries (attempt_id, position) {
        attempt_id -> Text,
        position -> BigInt,
        writer -> Text,
        number -> BigInt,
        kind -> Text,
        slot -> Nullable<Text>,
        payload -> Text,
        device_at -> Nullable<Timestamp>,
        elapsed_ms -> Nullable<BigInt>,
        previous_hash -> Text,
        hash -> Text,
        received_at -> Timestamp,
    }
}

diesel::table! {
    attempt_writers (attempt_id, writer) {
        attempt_id -> Text,
        writer -> Text,
        session_id -> Nullable<Text>,
        last_number -> BigInt,
        last_hash -> Text,
        leased_until -> Timestamp,
    }
}

diesel::table! {
    outcomes (attempt_id, marking_policy_id) {
        attempt_id -> Text,
        marking_policy_id -> Text,
        score -> Double,
        maximum -> Double,
        content -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    course_groups (id) {
        id -> Text,
        context_id -> Text,
        name -> Text,
        platform_id -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    group_members (course_group_id, person_id) {
        course_group_id -> Text,
        person_id -> Text,
    }
}

diesel::table! {
    rule_overrides (id) {
        id -> Text,
        placement_id -> Text,
        person_id -> Nullable<Text>,
        course_group_id -> Nullable<Text>,
        content -> Text,
        changed_by -> Nullable<Text>,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    accommodations (organisation_id, person_id) {
        organisation_id -> Text,
        person_id -> Text,
        content -> Text,
        changed_by -> Nullable<Text>,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    grade_deliveries (id) {
        id -> Text,
        grade_column_id -> Text,
        person_id -> Text,
        identity_id -> Text,
        registration_id -> Text,
        score -> Double,
        maximum -> Double,
        comment -> Text,
        started_at -> Nullable<Timestamp>,
        submitted_at -> Nullable<Timestamp>,
        revision -> BigInt,
        state -> Text,
        due_at -> Timestamp,
        first_due_at -> Timestamp,
        tries -> BigInt,
        lease -> Nullable<Text>,
        leased_until -> Nullable<Timestamp>,
        stamp -> Nullable<Timestamp>,
        sent_fractions -> Text,
        sent_revision -> Nullable<BigInt>,
        delivered_at -> Nullable<Timestamp>,
        problem_code -> Nullable<Text>,
        problem_detail -> Nullable<Text>,
        platform_score -> Nullable<Double>,
        platform_maximum -> Nullable<Double>,
        overwrite -> Bool,
        pressed_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        emptied_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    media (id) {
        id -> Text,
        organisation_id -> Text,
        hash -> Text,
        kind -> Text,
        media_type -> Text,
        bytes -> BigInt,
        piece_bytes -> BigInt,
        width -> Nullable<BigInt>,
        height -> Nullable<BigInt>,
        authored_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    media_pieces (media_id, number) {
        media_id -> Text,
        number -> BigInt,
        content -> Binary,
    }
}

diesel::table! {
    media_uploads (attempt_id, slot, media_id) {
        attempt_id -> Text,
        slot -> Text,
        media_id -> Text,
        named_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    courses (id) {
        id -> Text,
        organisation_id -> Text,
        key -> Text,
        visibility -> Text,
        title -> Text,
        search_text -> Text,
        draft -> Text,
        draft_revision -> BigInt,
        published_version_id -> Nullable<Text>,
        created_by -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        archived_at -> Nullable<Timestamp>,
        draft_title -> Text,
        draft_search_text -> Text,
        published_revision -> Nullable<BigInt>,
    }
}

diesel::table! {
    course_drafts (course_id, revision) {
        course_id -> Text,
        revision -> BigInt,
        content -> Text,
        how -> Text,
        saved_by -> Nullable<Text>,
        saved_at -> Timestamp,
    }
}

diesel::table! {
    course_versions (id) {
        id -> Text,
        course_id -> Text,
        number -> BigInt,
        content -> Text,
        note -> Text,
        created_by -> Nullable<Text>,
        created_at -> Timestamp,
        moves_readers -> Bool,
    }
}

diesel::table! {
    course_files (course_id, name) {
        course_id -> Text,
        name -> Text,
        media_id -> Text,
    }
}

diesel::table! {
    course_version_media (course_version_id, media_id) {
        course_version_id -> Text,
        media_id -> Text,
    }
}

diesel::table! {
    course_readers (person_id, course_id) {
        person_id -> Text,
        course_id -> Text,
        course_version_id -> Text,
        identity_id -> Text,
        last_step -> Text,
        began_at -> Timestamp,
        seen_at -> Timestamp,
    }
}

diesel::table! {
    course_steps_done (person_id, course_id, step_key) {
        person_id -> Text,
        course_id -> Text,
        step_key -> Text,
        what -> Text,
        done_at -> Timestamp,
    }
}

diesel::table! {
    course_checks_done (person_id, course_id, lesson_key, check_key) {
        person_id -> Text,
        course_id -> Text,
        lesson_key -> Text,
        check_key -> Text,
        fraction -> Double,
        tries -> BigInt,
        done_at -> Timestamp,
    }
}

diesel::table! {
    course_reflections (person_id, course_id, lesson_key, reflection_key) {
        person_id -> Text,
        course_id -> Text,
        lesson_key -> Text,
        reflection_key -> Text,
        words -> Text,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    course_completions (id) {
        id -> Text,
        person_id -> Text,
        course_id -> Text,
        course_version_id -> Text,
        completed_at -> Timestamp,
        evidence -> Text,
    }
}

diesel::table! {
    course_placements (id) {
        id -> Text,
        context_id -> Text,
        resource_link_id -> Text,
        course_id -> Text,
        part -> Text,
        score_rule -> Text,
        grade_column_id -> Text,
        created_by -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    competency_frameworks (id) {
        id -> Text,
        organisation_id -> Nullable<Text>,
        key -> Text,
        identifier -> Text,
        number -> BigInt,
        document -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    course_placement_steps (course_placement_id, step_key) {
        course_placement_id -> Text,
        step_key -> Text,
        placement_id -> Text,
    }
}

diesel::table! {
    jobs (id) {
        id -> Text,
        kind -> Text,
        subject_id -> Text,
        due_at -> Timestamp,
        tries -> BigInt,
        lease -> Nullable<Text>,
        leased_until -> Nullable<Timestamp>,
        problem_code -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    audit_records (id) {
        id -> Text,
        organisation_id -> Text,
        person_id -> Nullable<Text>,
        action -> Text,
        subject -> Text,
        detail -> Text,
        created_at -> Timestamp,
    }
}

diesel::joinable!(invitations -> organisations (organisation_id));
diesel::joinable!(registrations -> organisations (organisation_id));
diesel::joinable!(registrations -> invitations (invitation_id));
diesel::joinable!(platform_checks -> registrations (registration_id));
diesel::joinable!(platform_offers -> registrations (registration_id));
diesel::joinable!(registration_changes -> registrations (registration_id));
diesel::joinable!(registration_changes -> persons (decided_by));
diesel::joinable!(registration_joins -> organisations (organisation_id));
diesel::joinable!(join_moves -> registration_joins (registration_join_id));
diesel::joinable!(deployments -> registrations (registration_id));
diesel::joinable!(key_drills -> registrations (registration_id));
diesel::joinable!(key_drills -> tool_keys (tool_key_id));
diesel::joinable!(platform_key_sets -> registrations (registration_id));
diesel::joinable!(login_states -> registrations (registration_id));
diesel::joinable!(parked_launches -> deployments (deployment_id));
diesel::joinable!(parked_launches -> registrations (registration_id));
diesel::joinable!(launch_ways -> deployments (deployment_id));
diesel::joinable!(identities -> persons (person_id));
diesel::joinable!(identities -> registrations (registration_id));
diesel::joinable!(organisation_roles -> organisations (organisation_id));
diesel::joinable!(organisation_roles -> persons (person_id));
diesel::joinable!(learner_codes -> organisations (organisation_id));
diesel::joinable!(learner_codes -> identities (identity_id));
diesel::joinable!(learner_codes -> persons (created_by));
diesel::joinable!(contexts -> deployments (deployment_id));
diesel::joinable!(enrolments -> contexts (context_id));
diesel::joinable!(enrolments -> identities (identity_id));
diesel::joinable!(link_members -> resource_links (resource_link_id));
diesel::joinable!(link_members -> identities (identity_id));
diesel::joinable!(resource_links -> contexts (context_id));
diesel::joinable!(sessions -> browsers (browser_id));
diesel::joinable!(sessions -> persons (person_id));
diesel::joinable!(sessions -> identities (identity_id));
diesel::joinable!(sessions -> organisations (organisation_id));
diesel::joinable!(sessions -> registrations (registration_id));
diesel::joinable!(sessions -> deployments (deployment_id));
diesel::joinable!(sessions -> contexts (context_id));
diesel::joinable!(sessions -> resource_links (resource_link_id));
diesel::joinable!(refusals -> registrations (registration_id));
diesel::joinable!(kept_launches -> registrations (registration_id));
diesel::joinable!(test_launches -> registrations (registration_id));
diesel::joinable!(assessments -> organisations (organisation_id));
diesel::joinable!(assessments -> persons (created_by));
diesel::joinable!(items -> organisations (organisation_id));
diesel::joinable!(item_versions -> items (item_id));
diesel::joinable!(assessment_versions -> assessments (assessment_id));
diesel::joinable!(assessment_versions -> persons (created_by));
diesel::joinable!(marking_policies -> assessments (assessment_id));
diesel::joinable!(regrades -> assessments (assessment_id));
diesel::joinable!(regrades -> contexts (context_id));
diesel::joinable!(regrades -> persons (created_by));
diesel::joinable!(regrades -> marking_policies (marking_policy_id));
diesel::joinable!(regrade_trials -> regrades (regrade_id));
diesel::joinable!(regrade_moves -> regrade_trials (regrade_id));
diesel::joinable!(regrade_moves -> attempts (attempt_id));
diesel::joinable!(grade_columns -> contexts (context_id));
diesel::joinable!(column_contributions -> grade_columns (grade_column_id));
diesel::joinable!(column_contributions -> placements (placement_id));
diesel::joinable!(placements -> contexts (context_id));
diesel::joinable!(placements -> resource_links (resource_link_id));
diesel::joinable!(placements -> assessments (assessment_id));
diesel::joinable!(placements -> grade_columns (grade_column_id));
diesel::joinable!(placements -> persons (created_by));
diesel::joinable!(attempts -> placements (placement_id));
diesel::joinable!(attempts -> persons (person_id));
diesel::joinable!(attempts -> identities (identity_id));
diesel::joinable!(attempts -> assessment_versions (assessment_version_id));
diesel::joinable!(attempt_entries -> attempts (attempt_id));
diesel::joinable!(attempt_writers -> attempts (attempt_id));
diesel::joinable!(attempt_writers -> sessions (session_id));
diesel::joinable!(outcomes -> attempts (attempt_id));
diesel::joinable!(outcomes -> marking_policies (marking_policy_id));
diesel::joinable!(course_groups -> contexts (context_id));
diesel::joinable!(group_members -> course_groups (course_group_id));
diesel::joinable!(group_members -> persons (person_id));
diesel::joinable!(rule_overrides -> placements (placement_id));
diesel::joinable!(rule_overrides -> course_groups (course_group_id));
diesel::joinable!(accommodations -> organisations (organisation_id));
diesel::joinable!(accommodations -> persons (person_id));
diesel::joinable!(grade_deliveries -> grade_columns (grade_column_id));
diesel::joinable!(grade_deliveries -> persons (person_id));
diesel::joinable!(grade_deliveries -> identities (identity_id));
diesel::joinable!(grade_deliveries -> registrations (registration_id));
diesel::joinable!(media -> organisations (organisation_id));
diesel::joinable!(media_pieces -> media (media_id));
diesel::joinable!(media_uploads -> attempts (attempt_id));
diesel::joinable!(media_uploads -> media (media_id));
diesel::joinable!(course_drafts -> courses (course_id));
diesel::joinable!(course_versions -> courses (course_id));
diesel::joinable!(course_version_media -> course_versions (course_version_id));
diesel::joinable!(course_version_media -> media (media_id));
diesel::joinable!(course_files -> courses (course_id));
diesel::joinable!(course_files -> media (media_id));
diesel::joinable!(course_readers -> persons (person_id));
diesel::joinable!(course_readers -> courses (course_id));
diesel::joinable!(course_readers -> course_versions (course_version_id));
diesel::joinable!(course_readers -> identities (identity_id));
diesel::joinable!(course_steps_done -> persons (person_id));
diesel::joinable!(course_steps_done -> courses (course_id));
diesel::joinable!(course_checks_done -> persons (person_id));
diesel::joinable!(course_checks_done -> courses (course_id));
diesel::joinable!(course_reflections -> persons (person_id));
diesel::joinable!(course_reflections -> courses (course_id));
diesel::joinable!(course_completions -> persons (person_id));
diesel::joinable!(course_completions -> courses (course_id));
diesel::joinable!(course_completions -> course_versions (course_version_id));
diesel::joinable!(course_placements -> contexts (context_id));
diesel::joinable!(course_placements -> resource_links (resource_link_id));
diesel::joinable!(course_placements -> courses (course_id));
diesel::joinable!(course_placements -> grade_columns (grade_column_id));
diesel::joinable!(course_placement_steps -> course_placements (course_placement_id));
diesel::joinable!(course_placement_steps -> placements (placement_id));
diesel::joinable!(competency_frameworks -> organisations (organisation_id));
diesel::joinable!(audit_records -> organisations (organisation_id));
diesel::joinable!(audit_records -> persons (person_id));

diesel::allow_tables_to_appear_in_same_query!(
    organisations,
    invitations,
    registrations,
    registration_joins,
    join_moves,
    platform_checks,
    platform_offers,
    registration_changes,
    deployments,
    tool_keys,
    key_drills,
    platform_key_sets,
    login_states,
    sign_in_states,
    learner_codes,
    parked_launches,
    launch_ways,
    browsers,
    persons,
    identities,
    organisation_roles,
    contexts,
    enrolments,
    link_members,
    resource_links,
    sessions,
    refusals,
    kept_launches,
    test_launches,
    assessments,
    items,
    item_versions,
    assessment_versions,
    marking_policies,
    regrades,
    regrade_trials,
    regrade_moves,
    grade_columns,
    column_contributions,
    placements,
    attempts,
    attempt_entries,
    attempt_writers,
    outcomes,
    course_groups,
    group_members,
    rule_overrides,
    accommodations,
    grade_deliveries,
    media,
    media_pieces,
    media_uploads,
    courses,
    course_drafts,
    course_versions,
    course_version_media,
    course_files,
    course_readers,
    course_steps_done,
    course_checks_done,
    course_reflections,
    course_completions,
    course_placements,
    course_placement_steps,
    competency_frameworks,
    jobs,
    audit_records,
);
