//! `GET /static/…`: styles, scripts and pictures under addresses that carry a hash of their content.
//! Each is compressed once, when it is first asked for.

use std::{collections::HashMap, sync::LazyLock};

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
    web::{Bytes, ServiceConfig},
};
use app::{Code, Error};

use crate::{kept_page::KeptPage, problem::Problem, server};

static KEPT: LazyLock<HashMap<&'static str, (KeptPage, &'static str)>> = LazyLock::new(|| {
    let kept = |(path, asset): (&'static str, &'static ui::Asset)| {
        let content = KeptPage::of(Bytes::from_static(&asset.bytes));
        (path, (content, asset.content_type))
    };
    ui::all_assets().map(kept).collect()
});

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(server::address("/static/{name}").get(send));
}

async fn send(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let found = KEPT.get(request.path());
    let (content, content_type) = found.ok_or_else(|| Error::refused(Code::NotFound, "no such file"))?;
    let mut answer = content.answer_as(&request, content_type);
    answer.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    Ok(answer)
}
