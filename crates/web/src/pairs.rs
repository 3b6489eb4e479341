//! The fields of a form or query, read strictly: invalid UTF-8, a field given
//! twice, another media type or too many bytes are named, not guessed at.

use std::collections::HashSet;

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use app::Code;
use futures_util::{FutureExt, future::LocalBoxFuture};

use crate::{
    body::{media_type, read_body},
    problem::Problem,
    urlencoded,
};

/// Largest form, in bytes: an id token with many custom parameters fits well.
pub(crate) const LARGEST_FORM: usize = 128 * 1024;
/// Largest body of an editor's form.
pub(crate) const LARGEST_DRAFT_FORM: usize = 4 * 1024 * 1024;

/// Decoded fields in the order in which they came.
#[derive(Clone, Default)]
pub(crate) struct Pairs(pub(crate) Vec<(String, String)>);

/// Names the fields only: values may be secrets or answers.
impl std::fmt::Debug for Pairs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|(name, _)| name))
            .finish()
    }
}

impl Pairs {
    /// The fields of the request's query.
    pub(crate) fn of_query(request: &HttpRequest) -> Result<Self, Problem> {
        decode(request.query_string())
    }

    /// A field; empty when it was not sent.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.optional(name).unwrap_or_default()
    }

    /// A field, when it was sent.
    pub(crate) fn optional(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// All values of a field that may come several times (checkboxes).
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Refuses fields that came twice, except those named.
    pub(crate) fn once_except(self, may_repeat: impl Fn(&str) -> bool) -> Result<Self, Problem> {
        let mut names = HashSet::new();
        let once = self
            .0
            .iter()
            .all(|(name, _)| may_repeat(name) || names.insert(name));
        if !once {
            return Err(Problem::new(Code::Form, "a field came twice"));
        }
        Ok(self)
    }
}

/// A posted form whose fields may repeat; most handlers want [`Form`].
#[derive(Debug)]
pub(crate) struct RepeatingForm(pub(crate) Pairs);

/// A posted form in which no field comes twice.
#[derive(Debug)]
pub(crate) struct Form(pub(crate) Pairs);

impl FromRequest for RepeatingForm {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        async move { Ok(Self(read_form(&request, payload, LARGEST_FORM).await?)) }.boxed_local()
    }
}

impl FromRequest for Form {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = RepeatingForm::from_request(request, payload);
        async move { Ok(Self(form.await?.0.once_except(|_| false)?)) }.boxed_local()
    }
}

/// Reads a posted form of at most `largest` bytes.
pub(crate) async fn read_form(
    request: &HttpRequest,
    payload: Payload,
    largest: usize,
) -> Result<Pairs, Problem> {
    if !media_type(request).eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(Problem::new(
            Code::MediaType,
            "the address takes application/x-www-form-urlencoded",
        ));
    }
    let body = read_body(request, payload, largest).await?;
    decode(std::str::from_utf8(&body).map_err(|_invalid| Problem::new(Code::Form, "the form is not UTF-8"))?)
}

fn decode(encoded: &str) -> Result<Pairs, Problem> {
    urlencoded::decode(encoded)
        .map(Pairs)
        .ok_or_else(|| Problem::new(Code::Form, "a field is not UTF-8, or has a NUL"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_decoded_strictly() {
        #[track_caller]
        fn check(encoded: &str, expected: Result<&[(&str, &str)], Code>) {
            let decoded = decode(encoded).and_then(|pairs| pairs.once_except(|name| name == "many"));
            match (decoded, expected) {
                (Ok(pairs), Ok(expected)) => {
                    let pairs: Vec<_> = pairs.0.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
                    assert_eq!(pairs, expected);
                }
                (Err(problem), Err(code)) => assert_eq!(problem.0.code(), code),
                (decoded, expected) => panic!("{encoded}: {decoded:?}, expected {expected:?}"),
            }
        }
        check("", Ok(&[]));
        check("a=1&b=x+y%2B", Ok(&[("a", "1"), ("b", "x y+")]));
        check(
            "name=Nguy%E1%BB%85n&leer",
            Ok(&[("name", "Nguyễn"), ("leer", "")]),
        );
        check("many=1&many=2", Ok(&[("many", "1"), ("many", "2")]));
        check("a=1&a=1", Err(Code::Form));
        check("a=%FF", Err(Code::Form));
        check("a=%00", Err(Code::Form));
        check("a%00=1", Err(Code::Form));
    }

    #[test]
    fn a_form_of_many_small_fields_costs_no_more_than_its_bytes() {
        let fields: Vec<String> = (0..100_000).map(|number| format!("{number:x}=")).collect();
        let began = std::time::Instant::now();
        assert!(decode(&fields.join("&")).unwrap().once_except(|_| false).is_ok());
        // Comparing each with each takes minutes.
        assert!(began.elapsed().as_secs() < 30);
    }
}
