//! A look at everything that a database holds, whatever its tables are, for "nothing else is stored".

use std::collections::{BTreeMap, BTreeSet};

use diesel::{connection::SimpleConnection, prelude::*, sql_types::Text};
use storage::DatabaseUrl;

use crate::TestDatabase;

const SQLITE_TABLES: &str = "SELECT name FROM sqlite_master
    WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '__diesel_schema_migrations' ORDER BY name";
const POSTGRES_TABLES: &str = "SELECT table_name::text FROM information_schema.tables
    WHERE table_schema = current_schema() AND table_name <> '__diesel_schema_migrations' ORDER BY table_name";

impl TestDatabase {
    /// The names of all tables of ours, sorted.
    pub async fn tables(&self) -> Vec<String> {
        self.texts(match &self.url {
            DatabaseUrl::Sqlite(_) => SQLITE_TABLES,
            DatabaseUrl::Postgres(_) => POSTGRES_TABLES,
        })
        .await
    }

    /// Every row of every table: the table's name, a colon, and the row as text.
    pub async fn contents(&self) -> BTreeSet<String> {
        let selects: Vec<String> = match &self.url {
            DatabaseUrl::Postgres(_) => {
                let tables = self.tables().await;
                let select = |table| format!("SELECT '{table}:' || t::text FROM {table} t");
                tables.iter().map(select).collect()
            }
            DatabaseUrl::Sqlite(path) => sqlite_columns(path)
                .iter()
                .map(|(table, columns)| {
                    format!(
                        "SELECT '{table}:' || {} FROM {table}",
                        columns.join(" || ',' || ")
                    )
                })
                .collect(),
        };
        let rows = self.texts(&selects.join(" UNION ALL ")).await;
        rows.into_iter().collect()
    }

    /// The first column of all rows of a query, which must be text.
    pub async fn texts(&self, query: &str) -> Vec<String> {
        match &self.url {
            DatabaseUrl::Postgres(url) => {
                let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls)
                    .await
                    .expect("PostgreSQL answers");
                let driver = tokio::spawn(connection);
                let rows = client.query(query, &[]).await.expect("the query runs");
                drop(client);
                driver.await.expect("no panic").expect("a clean end");
                rows.iter().map(|row| row.get(0)).collect()
            }
            DatabaseUrl::Sqlite(path) => sqlite_texts(path, query),
        }
    }

    /// Runs statements that answer nothing.
    pub async fn execute(&self, statements: &str) {
        match &self.url {
            DatabaseUrl::Postgres(url) => {
                let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls)
                    .await
                    .expect("PostgreSQL answers");
                let driver = tokio::spawn(connection);
                client
                    .batch_execute(statements)
                    .await
                    .expect("the statements run");
                drop(client);
                driver.await.expect("no panic").expect("a clean end");
            }
            DatabaseUrl::Sqlite(path) => sqlite(path)
                .batch_execute(statements)
                .expect("the statements run"),
        }
    }
}

/// Holds a lock that the service's writes need, until it is released.
pub struct Lock(Holder);

enum Holder {
    Sqlite(SqliteConnection),
    Postgres(tokio_postgres::Client),
}

impl TestDatabase {
    /// Locks the whole file, or PostgreSQL's table of logins.
    pub async fn lock(&self) -> Lock {
        Lock(match &self.url {
            DatabaseUrl::Sqlite(path) => {
                let mut connection = sqlite(path);
                connection.batch_execute("BEGIN IMMEDIATE").expect("the lock");
                Holder::Sqlite(connection)
            }
            DatabaseUrl::Postgres(url) => {
                let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls)
                    .await
                    .expect("PostgreSQL answers");
                tokio::spawn(connection);
                let lock = "BEGIN; LOCK TABLE login_states IN ACCESS EXCLUSIVE MODE";
                client.batch_execute(lock).await.expect("the lock");
                Holder::Postgres(client)
            }
        })
    }
}

impl Lock {
    /// Lets go.
    pub async fn release(self) {
        match self.0 {
            Holder::Sqlite(mut connection) => connection.batch_execute("ROLLBACK").expect("no error"),
            Holder::Postgres(client) => client.batch_execute("ROLLBACK").await.expect("no error"),
        }
    }
}

fn sqlite(path: &str) -> SqliteConnection {
    let mut connection = SqliteConnection::establish(path).expect("the file opens");
    connection
        .batch_execute("PRAGMA busy_timeout = 5000")
        .expect("a setting");
    connection
}

// Of each table its columns, as text.
fn sqlite_columns(path: &str) -> BTreeMap<String, Vec<String>> {
    let query = format!(
        "SELECT t.name || ' ' || c.name FROM ({SQLITE_TABLES}) t, pragma_table_info(t.name) c ORDER BY t.name, c.cid"
    );
    let mut columns = BTreeMap::<String, Vec<String>>::new();
    for row in sqlite_texts(path, &query) {
        let (table, column) = row.split_once(' ').expect("two names");
        columns
            .entry(table.to_owned())
            .or_default()
            .push(format!("quote(\"{column}\")"));
    }
    columns
}

fn sqlite_texts(path: &str, query: &str) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        text: String,
    }
    let query = format!("WITH answers(text) AS ({query}) SELECT text FROM answers");
    let rows = diesel::sql_query(query).load::<Row>(&mut sqlite(path));
    rows.expect("the query runs")
        .into_iter()
        .map(|row| row.text)
        .collect()
}
