//! Serves the practice platform with one tool and one activity, to look at its pages.
//!
//! `cargo run -p practice-platform --example serve -- 127.0.0.1:8091 http://localhost:8090`

use practice_platform::{ActivityConfig, ActivityLineItem, COURSE, Options, PracticePlatform, ToolConfig};

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:8091".to_owned());
    let tool = arguments
        .next()
        .unwrap_or_else(|| "http://localhost:8090".to_owned());
    let mut options = Options::new(&format!("http://{address}"));
    options.tool_origin = Some(format!("{tool}/lti/register/practice"));
    let platform = PracticePlatform::new(options);
    let mut config = ToolConfig::new(
        "Taynghe",
        &format!("{tool}/lti/login"),
        &format!("{tool}/lti/launch"),
        &format!("{tool}/lti/jwks"),
    );
    config.deep_linking_url = Some(format!("{tool}/lti/launch"));
    platform.add_tool(config);
    platform.add_activity(
        COURSE,
        ActivityConfig {
            title: "Kiểm tra: An toàn trong xưởng phay".to_owned(),
            description: "Làm trong 20 phút, được làm lại hai lần.".to_owned(),
            line_item: Some(ActivityLineItem {
                score_maximum: 10.0,
                ..ActivityLineItem::default()
            }),
            ..ActivityConfig::default()
        },
    );
    platform.server(std::net::TcpListener::bind(address)?)?.await
}
