//! A fresh, migrated database for each site.

use storage::{DatabaseUrl, Db};

/// A database that is this test's alone.
pub struct TestDatabase {
    /// Its address.
    pub url: DatabaseUrl,
    _folder: tempfile::TempDir,
}

impl TestDatabase {
    /// Makes and migrates one, on the kind that the environment names.
    pub async fn make() -> Self {
        Self::make_on(std::env::var("TAYNGHE_TEST_DATABASE").ok()).await
    }

    /// Makes and migrates one, in a schema of its own on that PostgreSQL server, or on SQLite.
    pub async fn make_on(server: Option<String>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = match server {
            Some(server) => make_schema(&server).await,
            None => format!("sqlite://{}", folder.path().join("taynghe.db").display()),
        };
        let url: DatabaseUrl = url.parse().expect("a database URL");
        let migrated = url.clone();
        tokio::task::spawn_blocking(move || storage::migrate(&migrated))
            .await
            .expect("no panic")
            .expect("the migrations apply");
        Self { url, _folder: folder }
    }

    /// Opens it; several times is several processes' worth.
    pub async fn open(&self) -> Db {
        let url = self.url.clone();
        tokio::task::spawn_blocking(move || Db::open(&url))
            .await
            .expect("no panic")
            .expect("the database opens")
    }
}

async fn make_schema(server: &str) -> String {
    let schema = format!("t{}", uuid::Uuid::new_v4().simple());
    let (client, connection) = tokio_postgres::connect(server, tokio_postgres::NoTls)
        .await
        .expect("PostgreSQL answers");
    let driver = tokio::spawn(connection);
    client
        .batch_execute(&format!("CREATE SCHEMA {schema}"))
        .await
        .expect("a schema");
    drop(client);
    driver.await.expect("no panic").expect("a clean end");
    let mark = if server.contains('?') { '&' } else { '?' };
    format!("{server}{mark}options=-c%20search_path%3D{schema}")
}

impl TestDatabase {
    /// Rows of a table.
    pub async fn count(&self, table: &str) -> i64 {
        self.number(&format!("SELECT COUNT(*) FROM {table}")).await
    }

    /// The first column of the first row of a query, a whole number.
    pub async fn number(&self, query: &str) -> i64 {
        match &self.url {
            DatabaseUrl::Postgres(url) => {
                let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls)
                    .await
                    .expect("PostgreSQL answers");
                let driver = tokio::spawn(connection);
                let row = client.query_one(query, &[]).await.expect("the query runs");
                drop(client);
                driver.await.expect("no panic").expect("a clean end");
                row.get(0)
            }
            DatabaseUrl::Sqlite(path) => sqlite_number(path, query),
        }
    }
}

fn sqlite_number(path: &str, query: &str) -> i64 {
    use diesel::{prelude::*, sql_types::BigInt};
    #[derive(QueryableByName)]
    struct Number {
        #[diesel(sql_type = BigInt)]
        number: i64,
    }
    let mut connection = SqliteConnection::establish(path).expect("the file opens");
    let query = format!("SELECT ({query}) AS number");
    diesel::sql_query(query)
        .get_result::<Number>(&mut connection)
        .expect("the query runs")
        .number
}
