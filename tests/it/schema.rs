//! The schema is one on both databases, and the program and its migrations agree about it. With
//! `TAYNGHE_TEST_DATABASE` PostgreSQL is compared with SQLite; without, SQLite alone is compared with
//! `crates/storage/src/schema.rs`, which the compiler holds against every query.

use std::{collections::BTreeSet, path::PathBuf};

use storage::{DatabaseUrl, MigrationError, migrate};
use tests::TestDatabase;

// One line for each fact, the same on both databases: columns with type and nullability, keys, indexes.
const SQLITE_FACTS: &str = r#"
SELECT t.name || '.' || c.name || ' ' || lower(c.type) || CASE WHEN c."notnull" THEN ' not null' ELSE '' END
  FROM tables t, pragma_table_info(t.name) c
UNION ALL SELECT t.name || ' primary key ' || (SELECT group_concat(name, ',') FROM
    (SELECT name FROM pragma_table_info(t.name) WHERE pk > 0 ORDER BY pk)) FROM tables t
UNION ALL SELECT t.name || CASE WHEN i."unique" THEN ' unique ' ELSE ' index ' || i.name || ' ' END
    || (SELECT group_concat(name, ',') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno))
  FROM tables t, pragma_index_list(t.name) i WHERE i.origin <> 'pk'
UNION ALL SELECT t.name || '.' || f."from" || ' references ' || f."table" || '.' || f."to" || ' on delete '
    || lower(f.on_delete) || ' on update ' || lower(f.on_update)
  FROM tables t, pragma_foreign_key_list(t.name) f
"#;
const POSTGRES_FACTS: &str = r#"
WITH tables AS (SELECT c.oid, c.relname AS name FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
    AND c.relname <> '__diesel_schema_migrations'),
  rules(letter, rule) AS (VALUES ('a'::"char", 'no action'), ('c', 'cascade'), ('n', 'set null'), ('r', 'restrict'))
SELECT t.name || '.' || a.attname || ' ' || replace(format_type(a.atttypid, a.atttypmod), ' without time zone', '')
    || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
  FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL SELECT t.name || CASE WHEN i.indisprimary THEN ' primary key ' WHEN i.indisunique THEN ' unique '
      ELSE ' index ' || n.relname || ' ' END
    || (SELECT string_agg(a.attname, ',' ORDER BY k.place) FROM unnest(i.indkey::int2[]) WITH ORDINALITY k(number, place)
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number)
  FROM tables t JOIN pg_index i ON i.indrelid = t.oid JOIN pg_class n ON n.oid = i.indexrelid
UNION ALL SELECT t.name || '.' || a.attname || ' references ' || o.relname || '.' || b.attname || ' on delete '
    || d.rule || ' on update ' || u.rule
  FROM tables t JOIN pg_constraint f ON f.conrelid = t.oid AND f.contype = 'f'
  JOIN pg_class o ON o.oid = f.confrelid
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = f.conkey[1]
  JOIN pg_attribute b ON b.attrelid = o.oid AND b.attnum = f.confkey[1]
  JOIN rules d ON d.letter = f.confdeltype JOIN rules u ON u.letter = f.confupdtype
"#;

async fn facts(database: &TestDatabase) -> BTreeSet<String> {
    let facts = match &database.url {
        DatabaseUrl::Sqlite(_) => {
            let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
                AND name <> '__diesel_schema_migrations'";
            database
                .texts(&format!("WITH tables AS ({tables}) {SQLITE_FACTS}"))
                .await
        }
        DatabaseUrl::Postgres(_) => database.texts(POSTGRES_FACTS).await,
    };
    facts.into_iter().collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

async fn migrated(url: &DatabaseUrl) -> Result<Vec<String>, MigrationError> {
    let url = url.clone();
    tokio::task::spawn_blocking(move || migrate(&url)).await.unwrap()
}

#[tokio::test]
async fn both_databases_have_the_same_schema() {
    let sqlite = TestDatabase::make_on(None).await;
    let database = TestDatabase::make().await;
    if matches!(database.url, DatabaseUrl::Sqlite(_)) {
        println!("no PostgreSQL in TAYNGHE_TEST_DATABASE: only schema.rs is compared, by the other test");
        return;
    }
    let (sqlite, postgres) = (facts(&sqlite).await, facts(&database).await);
    let only_sqlite: Vec<_> = sqlite.difference(&postgres).collect();
    let only_postgres: Vec<_> = postgres.difference(&sqlite).collect();
    assert!(
        only_sqlite.is_empty() && only_postgres.is_empty(),
        "only SQLite has {only_sqlite:#?}\nonly PostgreSQL has {only_postgres:#?}"
    );
}

#[tokio::test]
async fn the_program_knows_every_column() {
    let database = TestDatabase::make().await;
    let known = columns_of_the_program();
    assert!(known.len() > 100, "schema.rs was not read: {known:?}");
    let there: BTreeSet<String> = facts(&database)
        .await
        .into_iter()
        .filter(|fact| {
            !fact.contains(" unique ") && !fact.contains(" index ") && !fact.contains(" references ")
        })
        .collect();
    let missing: Vec<_> = known.difference(&there).collect();
    let unknown: Vec<_> = there.difference(&known).collect();
    assert!(
        missing.is_empty() && unknown.is_empty(),
        "only in schema.rs {missing:#?}\nonly in migrations/ {unknown:#?}"
    );
}

// The facts that schema.rs states, in the same words.
fn columns_of_the_program() -> BTreeSet<String> {
    let source = std::fs::read_to_string(root().join("crates/storage/src/schema.rs")).unwrap();
    let mut facts = BTreeSet::new();
    for table in source.split("diesel::table! {").skip(1) {
        let (head, columns) = table.split_once(") {").unwrap();
        let (name, key) = head.split_once('(').unwrap();
        let name = name.trim();
        let key: Vec<&str> = key.split(',').map(str::trim).collect();
        facts.insert(format!("{name} primary key {}", key.join(",")));
        let columns = columns.split_once('}').unwrap().0;
        for column in columns.split(",\n").filter_map(|line| line.split_once("->")) {
            let (column, kind) = (column.0.trim(), column.1.trim());
            let (kind, rest) = match kind.strip_prefix("Nullable<") {
                Some(kind) => (kind.trim_end_matches('>'), ""),
                None => (kind, " not null"),
            };
            let kind = match kind {
                "Bool" => "boolean",
                "Double" => "double precision",
                "BigInt" => "bigint",
                "Integer" => "integer",
                "Text" => "text",
                "Timestamp" => "timestamp",
                "Binary" => "bytea",
                other => panic!("a type that the two databases do not share: {other}"),
            };
            facts.insert(format!("{name}.{column} {kind}{rest}"));
        }
    }
    facts
}

#[tokio::test]
async fn down_undoes_up() {
    let database = TestDatabase::make().await;
    let before = facts(&database).await;
    assert!(!before.is_empty());
    let folder = root().join("migrations");
    let mut migrations: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    migrations.sort();
    for migration in migrations.iter().rev() {
        let down = std::fs::read_to_string(migration.join("down.sql")).unwrap();
        database.execute(&down).await;
    }
    assert_eq!(facts(&database).await, BTreeSet::new(), "nothing is left");
    assert!(database.tables().await.is_empty());
    database.execute("DELETE FROM __diesel_schema_migrations").await;
    let applied = migrated(&database.url).await.unwrap();
    assert_eq!(applied.len(), migrations.len());
    assert_eq!(facts(&database).await, before, "up, down and up again");
}

#[tokio::test]
async fn migrating_again_changes_nothing() {
    let database = TestDatabase::make().await;
    let (facts_before, rows) = (facts(&database).await, database.contents().await);
    assert!(migrated(&database.url).await.unwrap().is_empty());
    assert_eq!(
        (facts(&database).await, database.contents().await),
        (facts_before, rows)
    );
}

#[tokio::test]
async fn a_database_newer_than_the_program_is_refused_and_not_changed() {
    let database = TestDatabase::make().await;
    let future = "INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('29991231000000', CURRENT_TIMESTAMP)";
    // A migration of ours that is missing besides would be applied, if anything were.
    let first = "SELECT MIN(version) FROM __diesel_schema_migrations";
    let first = database.texts(first).await.concat();
    database
        .execute(&format!(
            "{future}; DELETE FROM __diesel_schema_migrations WHERE version = '{first}'"
        ))
        .await;
    let versions = "SELECT version FROM __diesel_schema_migrations ORDER BY version";
    let before = (facts(&database).await, database.texts(versions).await);
    match migrated(&database.url).await {
        Err(MigrationError::Newer(version)) => assert_eq!(version, "29991231000000"),
        other => panic!("{other:?}"),
    }
    assert_eq!((facts(&database).await, database.texts(versions).await), before);
}
