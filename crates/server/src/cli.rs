//! The command line of `taynghe`: what may be typed. What it does stands in the other files.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Courses and quizzes for vocational colleges, inside their Moodle.
#[derive(Debug, Parser)]
#[command(name = "taynghe", version, about)]
pub(crate) struct Cli {
    /// Settings file; see config/default.toml. TAYNGHE_… variables win over it.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Bring the database up to date, listen, deliver grades
    Serve,
    /// Serve with sample content, beside a practice platform to launch from; prints the address to open
    Demo(Demo),
    /// Platforms (Moodle sites) that may launch us
    #[command(subcommand)]
    Platform(Platform),
    /// Administrators of this service
    #[command(subcommand)]
    Admin(Admin),
    /// Our own signing keys
    #[command(subcommand)]
    Keys(Keys),
    /// Write a copy of the SQLite database to a new file while the service runs
    Backup {
        /// The new file
        file: PathBuf,
        /// Also copy the key that encrypts our private keys, beside it
        #[arg(long)]
        with_secret_key: bool,
    },
    /// Check settings, database, secret key and clock, and say what to mend
    Doctor {
        #[command(subcommand)]
        about: Option<Doctor>,
        #[command(flatten)]
        output: Output,
    },
    /// Take a course in from a folder of Markdown and TOML files
    Import(ImportCourse),
    /// Write a course into a folder of Markdown and TOML files
    Export(ExportCourse),
    /// Competency frameworks that courses can name
    #[command(subcommand)]
    Framework(Framework),
    /// Bring the database up to date and stop
    Migrate,
    /// Compute a test's and its questions' statistics from a table of marks, also of a test on paper
    Statistics(Statistics),
}

/// A course that comes in.
///
/// It becomes the next draft of the organisation's course of that key, or a new course. What could be better is told on
/// standard error. With --publish readers get it at once, unless something grave is wrong; then nothing is stored.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct ImportCourse {
    /// The folder with course.toml in it
    pub(crate) folder: PathBuf,
    /// Publish it as a new version, if anything changed
    #[arg(long)]
    pub(crate) publish: bool,
    /// What is new in this version
    #[arg(long, requires = "publish", value_name = "TEXT")]
    pub(crate) note: Option<String>,
    #[command(flatten)]
    pub(crate) organisation: Organisation,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// A course that goes out, as it is being written.
#[derive(Debug, Args)]
pub(crate) struct ExportCourse {
    /// The course's key, as in its address
    pub(crate) key: String,
    /// The folder; made when there is none, and empty otherwise
    pub(crate) folder: PathBuf,
    #[command(flatten)]
    pub(crate) organisation: Organisation,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// Competency frameworks.
#[derive(Debug, Subcommand)]
pub(crate) enum Framework {
    /// Take a framework in from a CASE 1.0 package (JSON); an edition that is there already stays as it is
    Import {
        /// The file with CFDocument, CFItems and CFAssociations
        file: PathBuf,
        /// The stable id that tags name, where the file says none
        #[arg(long)]
        key: Option<String>,
        #[command(flatten)]
        organisation: Organisation,
        #[command(flatten)]
        output: Output,
    },
}

/// A table of marks.
///
/// In CSV: a header "attempt,<question>,…", a row "max,<maximum mark>,…", then a row per attempt. An empty cell is 0.
/// A last column "total" gives each attempt's total where that is not the sum of the marks: then a question is compared
/// with the given total less its own mark. Its maximum may be left out; then intended weights are shares of the sum of
/// the questions' maxima.
/// Files separated by semicolons or tabs, and decimal commas, are recognised.
///
/// Marks, mean, median, standard deviation and standard error are in marks; the other figures of questions, internal
/// consistency and error ratio are in per cent. "-" (in JSON null) stands where a figure does not exist. Nothing is
/// stored.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Statistics {
    /// The CSV file in UTF-8; - reads standard input
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// What the doctor looks at closely.
#[derive(Debug, Subcommand)]
pub(crate) enum Doctor {
    /// Judge a kept launch again, but for its signature; exit code 1 when it would be refused now
    Launch {
        /// The trace id that the page of the refusal showed
        trace: String,
        #[command(flatten)]
        output: Output,
    },
}

/// The demo's addresses.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Keep the demo's data in this folder instead of a temporary one
    #[arg(long, value_name = "FOLDER")]
    pub(crate) folder: Option<PathBuf>,
    /// Port of the practice platform on 127.0.0.1; 0 picks a free one
    #[arg(long, default_value_t = 8081)]
    pub(crate) platform_port: u16,
}

/// Platforms.
#[derive(Debug, Subcommand)]
pub(crate) enum Platform {
    /// Print a one-time address with which a platform's administrator registers us
    Invite {
        /// Bind it to this host; without, it is bound to the first host that uses it
        #[arg(long)]
        host: Option<String>,
        #[command(flatten)]
        organisation: Organisation,
        #[command(flatten)]
        output: Output,
    },
    /// Register a platform by hand, or another deployment of a known one
    Add(Box<Add>),
    /// List the platforms
    List {
        #[command(flatten)]
        organisation: Organisation,
        #[command(flatten)]
        output: Output,
    },
    /// Look at a platform's connection from both sides, without any student, and say what to mend.
    /// Exit code 4 when something has to be mended
    Check {
        /// As `list` prints it
        id: String,
        #[command(flatten)]
        organisation: Organisation,
        #[command(flatten)]
        output: Output,
    },
    /// Read a platform's configuration again and show what differs; what moves to another host waits for `approve`.
    /// Exit code 3 when something waits
    Update {
        /// As `list` prints it
        id: String,
        /// Where its openid-configuration is; without, where it was last time
        #[arg(long, value_name = "URL")]
        configuration: Option<String>,
        #[command(flatten)]
        organisation: Organisation,
        #[command(flatten)]
        output: Output,
    },
    /// List the changes of platforms that wait. Exit code 3 when there are some
    Changes {
        #[command(flatten)]
        organisation: Organisation,
        #[command(flatten)]
        output: Output,
    },
    /// Agree to a change that waits
    Approve {
        /// As `changes` prints it
        id: String,
        #[command(flatten)]
        organisation: Organisation,
    },
    /// Refuse a change that waits: the old addresses stay
    Reject {
        /// As `changes` prints it
        id: String,
        #[command(flatten)]
        organisation: Organisation,
    },
    /// List registrations that look like one platform, and those that were joined
    Joins {
        #[command(flatten)]
        organisation: Organisation,
        #[command(flatten)]
        output: Output,
    },
    /// Join two registrations of one platform: the newer one goes on with people, activities and attempts of the older
    Join {
        /// The older registration, as `joins` prints it
        former: String,
        /// The newer registration, as `joins` prints it
        registration: String,
        #[command(flatten)]
        organisation: Organisation,
        #[command(flatten)]
        output: Output,
    },
    /// Undo a join
    Unjoin {
        /// As `joins` prints it
        id: String,
        #[command(flatten)]
        organisation: Organisation,
    },
    /// Refuse a platform's launches from now on
    Disable {
        /// As `list` prints it
        id: String,
        #[command(flatten)]
        organisation: Organisation,
    },
    /// Accept a disabled platform's launches again
    Enable {
        /// As `list` prints it
        id: String,
        #[command(flatten)]
        organisation: Organisation,
    },
}

/// A platform's endpoints.
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// Platform ID (Moodle: tool configuration details)
    #[arg(long)]
    pub(crate) issuer: String,
    /// Client ID
    #[arg(long)]
    pub(crate) client_id: String,
    /// Authentication request URL
    #[arg(long)]
    pub(crate) auth_login_url: String,
    /// Access token URL
    #[arg(long)]
    pub(crate) token_url: String,
    /// Public keyset URL
    #[arg(long)]
    pub(crate) jwks_url: String,
    /// Deployment ID
    #[arg(long)]
    pub(crate) deployment_id: String,
    /// Audience of access token requests, where it is not the access token URL (Brightspace: OAuth2 Audience)
    #[arg(long)]
    pub(crate) token_audience: Option<String>,
    /// Another origin of its services, such as https://college.instructure.com (Canvas); may be repeated
    #[arg(long = "service-origin", value_name = "ORIGIN")]
    pub(crate) service_origins: Vec<String>,
    /// The product, for one that does not name itself, such as open-edx
    #[arg(long = "product", value_name = "FAMILY")]
    pub(crate) product_family: Option<String>,
    #[command(flatten)]
    pub(crate) organisation: Organisation,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// The audit trail.
#[derive(Debug, Args)]
pub(crate) struct Audit {
    /// Only from this day on, such as 2026-11-01 (UTC)
    #[arg(long, value_name = "DAY")]
    pub(crate) from: Option<NaiveDate>,
    /// Only up to and including this day (UTC)
    #[arg(long, value_name = "DAY")]
    pub(crate) to: Option<NaiveDate>,
    /// Only this deed, such as registration.disable
    #[arg(long, value_name = "WORD")]
    pub(crate) action: Option<String>,
    #[command(flatten)]
    pub(crate) organisation: Organisation,
    /// For eyes, for scripts, or for a spreadsheet
    #[arg(long, value_enum, default_value_t = AuditFormat::Text)]
    pub(crate) format: AuditFormat,
}

/// The form of the printed audit trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AuditFormat {
    /// For eyes.
    Text,
    /// For scripts.
    Json,
    /// For a spreadsheet.
    Csv,
}

/// Administrators.
#[derive(Debug, Subcommand)]
pub(crate) enum Admin {
    /// Print who did what in an organisation, newest first
    Audit(Audit),
    /// Print a one-time address that signs one person in to the administration pages
    Link {
        #[command(flatten)]
        organisation: Organisation,
        #[command(flatten)]
        output: Output,
    },
    /// List the administrators: id, since when, last signed in
    List {
        #[command(flatten)]
        organisation: Organisation,
        #[command(flatten)]
        output: Output,
    },
    /// Withdraw an administrator's role and end their sessions
    Revoke {
        /// As `admin list` shows it
        id: String,
        #[command(flatten)]
        organisation: Organisation,
    },
}

/// Our own keys.
#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// List our keys, and which platform is served with which
    List(Output),
    /// Make a new key and have each platform accept it; the old one goes when all have. Again: ask those that have not
    Rotate {
        /// Let the new key sign at once and destroy the old ones, whoever still needs them: for a key that leaked
        #[arg(long)]
        force: bool,
        #[command(flatten)]
        output: Output,
    },
}

/// Whose.
#[derive(Debug, Clone, Args)]
pub(crate) struct Organisation {
    /// The organisation; without, the first one, made when there is none
    #[arg(long = "organisation", value_name = "NAME")]
    pub(crate) name: Option<String>,
}

/// How data is printed.
#[derive(Debug, Clone, Args)]
pub(crate) struct Output {
    /// For eyes or for scripts
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

/// The form of printed data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For eyes.
    Text,
    /// For scripts.
    Json,
}
