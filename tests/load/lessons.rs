//! Five hundred guests read lessons at once: how long the slowest hundredth waits,
//! beside the same page as a file of a bare server in the same run, and beside a
//! style sheet of the same service. Each server has as many threads as this machine
//! has cores; guests, page and file share them.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use actix_web::{App, HttpResponse, HttpServer, http::header, web};
use reqwest::Client;

use crate::{
    in_parallel,
    measure::{per_call, percentile},
    server::Server,
    setup::Setup,
};

/// Guests at once, unless `LOAD_GUESTS` says another number, for a quick look.
const GUESTS: usize = 500;
/// Pages that are read in a round, unless `LOAD_READS` says another number.
const READS: usize = 20_000;
const ROUNDS: usize = 5;
/// The word with which this program is the bare server: its file follows.
pub const STATIC: &str = "static-file";

/// Prints how long guests wait for a lesson, and for what it is compared with.
pub async fn measure(setup: &Setup, server: &Server) {
    let lessons = lessons(setup);
    let client = client();
    let first = read(&client, &lessons[0]).await;
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), &first).expect("the page as a file");
    let bare = Bare::start(file.path());
    let sheet = vec![style_sheet(&client, setup).await];
    println!(
        "lessons: {} pages in three languages, {} bytes compressed as the file, {} guests, {} reads a round",
        lessons.len(),
        first.len(),
        number("LOAD_GUESTS", GUESTS),
        number("LOAD_READS", READS)
    );
    let mut slowest = [Vec::new(), Vec::new(), Vec::new()];
    let all = [
        ("file of a bare server", vec![bare.url.clone()]),
        ("style sheet", sheet),
        ("lesson", lessons),
    ];
    let all = all.map(|(what, urls)| (what, Arc::new(urls)));
    for round in 0..ROUNDS {
        for (slowest, (what, urls)) in slowest.iter_mut().zip(&all) {
            slowest.push(read_all(server, &client, what, round, urls).await);
        }
    }
    let [file, sheet, lesson] = slowest.map(|mut times| percentile(&mut times, 50));
    println!(
        "p99 of a lesson, median of {ROUNDS} rounds: {:.1} ms, {:.2} times that of the file, {:.2} times that of the style sheet",
        lesson.as_secs_f64() * 1000.0,
        lesson.as_secs_f64() / file.as_secs_f64(),
        lesson.as_secs_f64() / sheet.as_secs_f64(),
    );
}

/// A round: its p99.
async fn read_all(
    server: &Server,
    client: &Client,
    what: &str,
    round: usize,
    urls: &Arc<Vec<String>>,
) -> Duration {
    let (before, began) = (server.cost(), Instant::now());
    let guests = number("LOAD_GUESTS", GUESTS);
    let mut times = in_parallel(number("LOAD_READS", READS), guests, |number| {
        let (client, urls) = (client.clone(), Arc::clone(urls));
        async move {
            let began = Instant::now();
            read(&client, &urls[number % urls.len()]).await;
            began.elapsed()
        }
    })
    .await;
    let (cost, wall) = (server.cost() - before, began.elapsed());
    println!(
        "{what}, round {}: {:.3} ms server CPU, {:.3} ms database CPU, {:.0}/s, p50 {:.1} ms, p99 {:.1} ms",
        round + 1,
        per_call(cost.server, times.len()),
        per_call(cost.database, times.len()),
        times.len() as f64 / wall.as_secs_f64(),
        percentile(&mut times, 50).as_secs_f64() * 1000.0,
        percentile(&mut times, 99).as_secs_f64() * 1000.0,
    );
    percentile(&mut times, 99)
}

/// The addresses of all lessons of the starter courses.
fn lessons(setup: &Setup) -> Vec<String> {
    let of_course = |course: &starter_content::StarterCourse| {
        let content = crate::setup::starter(course).content;
        let steps = content.lessons().flat_map(|lesson| {
            ["vi", "en", "de"].map(|language| format!("{}/{}?language={language}", course.key, lesson.key))
        });
        steps
            .map(|step| format!("{}/courses/{step}", setup.url))
            .collect::<Vec<_>>()
    };
    starter_content::COURSES.iter().flat_map(of_course).collect()
}

async fn style_sheet(client: &Client, setup: &Setup) -> String {
    let page = client
        .get(format!("{}/courses", setup.url))
        .send()
        .await
        .expect("an answer");
    let page = page.text().await.expect("a body");
    let path = page
        .split("rel=\"stylesheet\" href=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    format!("{}{}", setup.url, path.expect("a style sheet"))
}

/// What a browser gets, as it stands on the line.
async fn read(client: &Client, url: &str) -> Vec<u8> {
    let answer = client
        .get(url)
        .header(header::ACCEPT_ENCODING.as_str(), "br")
        .send()
        .await
        .expect("an answer");
    assert!(answer.status().is_success(), "{url}: {}", answer.status());
    answer.bytes().await.expect("a body").to_vec()
}

/// One client whose connections stay open, as browsers' do.
fn client() -> Client {
    let client = Client::builder().no_proxy().pool_max_idle_per_host(usize::MAX);
    client.build().expect("an HTTP client")
}

fn number(name: &str, usual: usize) -> usize {
    let said = std::env::var(name).ok();
    said.and_then(|said| said.parse().ok()).unwrap_or(usual)
}

/// The bare server, a process of its own.
struct Bare {
    child: Child,
    url: String,
}

impl Bare {
    fn start(file: &std::path::Path) -> Self {
        let program = std::env::current_exe().expect("this program");
        let mut child = Command::new(program)
            .arg(STATIC)
            .arg(file)
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut url = String::new();
        let told = child.stdout.take().expect("what it prints");
        BufReader::new(told).read_line(&mut url).expect("its address");
        Self {
            child,
            url: url.trim().to_owned(),
        }
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        let _ended_before = self.child.kill();
        let _gone = self.child.wait();
    }
}

/// Serves that file and nothing else, until it is killed.
pub fn serve(file: &str) {
    let content = web::Bytes::from(std::fs::read(file).expect("a file"));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    println!("http://{}/", listener.local_addr().expect("an address"));
    let make = move || {
        let content = content.clone();
        let send = move || {
            let content = content.clone();
            async move {
                HttpResponse::Ok()
                    .content_type("text/html; charset=utf-8")
                    .insert_header((header::CONTENT_ENCODING, "br"))
                    .body(content)
            }
        };
        App::new().default_service(web::to(send))
    };
    actix_web::rt::System::new().block_on(async {
        let server = HttpServer::new(make)
            .tcp_nodelay(true)
            .listen(listener)
            .expect("a listener");
        server.run().await.expect("it serves");
    });
}
