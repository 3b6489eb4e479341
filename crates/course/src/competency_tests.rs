use crate::competency::{
    AssociationType, Framework, FrameworkProblemKind, Frameworks, check_framework, read_framework,
};
use crate::content::CompetencyTag;

const PACKAGE: &str = r#"{
  "CFDocument": {"identifier": "00000000-0000-5000-8000-000000000001", "uri": "/d", "creator": "Ministry",
    "title": "Khung năng lực", "lastChangeDateTime": "2026-01-01T00:00:00+00:00", "language": "vi", "version": "1",
    "CFPackageURI": {"title": "Khung", "identifier": "00000000-0000-5000-8000-000000000001", "uri": "/p"},
    "somethingNew": [1, 2], "extensions": {"key": "khung-1.0", "names": {"en": "Framework"}}},
  "CFItems": [
    {"identifier": "00000000-0000-5000-8000-000000000003", "uri": "/i2", "fullStatement": "Bảo vệ thiết bị",
     "humanCodingScheme": "1.1", "lastChangeDateTime": "2026-01-01T00:00:00+00:00"},
    {"identifier": "00000000-0000-5000-8000-000000000002", "uri": "/i1", "fullStatement": "An toàn",
     "humanCodingScheme": "1", "lastChangeDateTime": "2026-01-01T00:00:00+00:00",
     "extensions": {"names": {"en": "Safety"}}}],
  "CFAssociations": [
    {"identifier": "00000000-0000-5000-8000-000000000004", "uri": "/a1", "associationType": "isChildOf",
     "originNodeURI": {"title": "", "identifier": "00000000-0000-5000-8000-000000000002", "uri": ""},
     "destinationNodeURI": {"title": "", "identifier": "00000000-0000-5000-8000-000000000001", "uri": ""},
     "lastChangeDateTime": "2026-01-01T00:00:00+00:00"},
    {"identifier": "00000000-0000-5000-8000-000000000005", "uri": "/a2", "associationType": "isChildOf",
     "originNodeURI": {"title": "", "identifier": "00000000-0000-5000-8000-000000000003", "uri": ""},
     "destinationNodeURI": {"title": "", "identifier": "00000000-0000-5000-8000-000000000002", "uri": ""},
     "lastChangeDateTime": "2026-01-01T00:00:00+00:00"}]}"#;

fn package() -> Framework {
    read_framework(PACKAGE).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn tag(framework: &str, code: &str) -> CompetencyTag {
    CompetencyTag {
        framework: framework.to_owned(),
        code: code.to_owned(),
    }
}

#[test]
fn a_package_is_read_with_its_order_and_its_names() {
    let package = package();
    assert_eq!(package.key(), "khung-1.0");
    assert_eq!(
        (package.title("en"), package.title("de")),
        ("Framework", "Khung năng lực")
    );
    let ordered: Vec<&str> = package.ordered().iter().map(|item| item.code.as_str()).collect();
    assert_eq!(
        ordered,
        ["1", "1.1"],
        "from the top down, not as they stand in the file"
    );
    let safety = package.find("1").map(|item| (item.name("en"), item.name("vi")));
    assert_eq!(safety, Some(("Safety", "An toàn")));
    let written = serde_json::to_string(&package).unwrap_or_default();
    assert_eq!(read_framework(&written), Ok(package));
}

#[test]
fn what_is_wrong_is_named() {
    let check = |change: fn(&mut Framework), kind: FrameworkProblemKind, named: &str| {
        let mut package = package();
        change(&mut package);
        let problems = check_framework(&package);
        let found = problems
            .iter()
            .any(|problem| problem.kind == kind && problem.named.contains(named));
        assert!(found, "{kind:?} {named}: {problems:?}");
    };
    assert_eq!(check_framework(&package()), []);
    check(
        |p| p.document.extensions.key = "An toàn".to_owned(),
        FrameworkProblemKind::Key,
        "An toàn",
    );
    check(|p| p.document.title.clear(), FrameworkProblemKind::NoName, "0001");
    check(
        |p| p.items.iter_mut().for_each(|i| i.code = "1".to_owned()),
        FrameworkProblemKind::DuplicateCode,
        "1",
    );
    check(
        |p| p.items.iter_mut().for_each(|i| i.full_statement.clear()),
        FrameworkProblemKind::NoName,
        "0002",
    );
    check(
        |p| p.document.identifier = "1".to_owned(),
        FrameworkProblemKind::Identifier,
        "1",
    );
    check(
        |p| {
            p.items
                .iter_mut()
                .for_each(|i| i.identifier.replace_range(35.., "9"))
        },
        FrameworkProblemKind::DuplicateIdentifier,
        "0009",
    );
    check(
        |p| {
            p.associations
                .iter_mut()
                .for_each(|a| a.destination.identifier.replace_range(35.., "7"))
        },
        FrameworkProblemKind::Parent,
        "0003",
    );
    check(
        |p| {
            let own = p
                .associations
                .iter()
                .map(|a| a.origin.identifier.clone())
                .collect::<Vec<_>>();
            for (association, other) in p.associations.iter_mut().zip(own.iter().rev()) {
                association.destination.identifier.clone_from(other);
            }
        },
        FrameworkProblemKind::Cycle,
        "0002",
    );
    check(
        |p| {
            p.items.clear();
            p.associations.clear();
        },
        FrameworkProblemKind::Empty,
        "",
    );
    let read = |json: &str| {
        read_framework(json)
            .unwrap_err()
            .first()
            .map(|problem| problem.code())
    };
    assert_eq!(read("{}"), Some("CRS-CASE-FORM"));
    assert_eq!(
        read(&PACKAGE.replace("isChildOf", "isUncleOf")),
        Some("CRS-CASE-FORM")
    );
}

#[test]
fn crosswalks_relate_in_both_directions_and_leave_their_own_framework() {
    let one = package();
    let other = PACKAGE
        .replace("-000000000", "-100000000")
        .replace("khung-1.0", "other");
    let other = read_framework(&other).unwrap_or_else(|problems| panic!("{problems:?}"));
    let mut crosswalk = package();
    crosswalk.items.clear();
    crosswalk.document.extensions.key = "crosswalks".to_owned();
    crosswalk.associations.truncate(1);
    for association in &mut crosswalk.associations {
        association.association_type = AssociationType::ExactMatchOf;
        association.origin.identifier = "00000000-0000-5000-8000-000000000003".to_owned();
        association.destination.identifier = "00000000-0000-5000-8000-100000000003".to_owned();
    }
    let all = [&one, &other, &crosswalk];
    let check = |from: CompetencyTag, expected: &[CompetencyTag]| {
        assert_eq!(Frameworks(&all).related(&from), expected, "{from:?}");
    };
    check(tag("khung-1.0", "1.1"), &[tag("other", "1.1")]);
    check(tag("other", "1.1"), &[tag("khung-1.0", "1.1")]);
    check(tag("khung-1.0", "1"), &[]);
    check(tag("nothing", "1"), &[]);
}

#[test]
fn tags_stand_in_the_order_of_their_framework() {
    let one = package();
    let all = [&one];
    let tags = [
        tag("zzz", "2"),
        tag("khung-1.0", "9"),
        tag("khung-1.0", "1.1"),
        tag("khung-1.0", "1"),
    ];
    let ordered = Frameworks(&all).in_order(tags);
    let ordered: Vec<&str> = ordered.iter().map(|tag| tag.code.as_str()).collect();
    assert_eq!(ordered, ["1", "1.1", "9", "2"]);
}
