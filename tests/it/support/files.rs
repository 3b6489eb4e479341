//! Files as a browser sends them: in a form, or alone by a script; and files as
//! they come back.

use reqwest::{
    Method, StatusCode,
    header::{self, HeaderMap, HeaderName},
};

use crate::{Answer, Browser};

const BOUNDARY: &str = "----taynghe-test-boundary";

/// A file that somebody chose.
pub struct ChosenFile<'a> {
    /// The form's field.
    pub field: &'a str,
    /// Its name on the device.
    pub name: &'a str,
    /// What the browser says that it is.
    pub media_type: &'a str,
    /// What is in it.
    pub content: &'a [u8],
}

impl Browser {
    /// Submits a form of a page with files, as the form's `enctype` wants it, and answers the page where it ends.
    pub async fn submit_files(
        &self,
        page: &Answer,
        having: &str,
        changes: &[(&str, &str)],
        files: &[ChosenFile<'_>],
    ) -> Answer {
        let (action, _, mut fields) = page.form(having);
        for (name, _) in changes {
            fields.retain(|(known, _)| known != name);
        }
        let changes = changes
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        fields.extend(changes.filter(|(_, value)| value != "(none)"));
        let mut body = Vec::new();
        for (name, value) in &fields {
            body.extend(
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .bytes(),
            );
        }
        for file in files {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\nContent-Type: {}\r\n\r\n",
                file.field, file.name, file.media_type
            );
            body.extend(head.bytes());
            body.extend(file.content);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{BOUNDARY}--\r\n").bytes());
        let url = page.url.join(&action).expect("the form's address");
        let headers = [
            (header::ACCEPT, "text/html".to_owned()),
            (header::ACCEPT_LANGUAGE, self.language.to_owned()),
            (header::ORIGIN, url.origin().ascii_serialization()),
            (
                header::CONTENT_TYPE,
                format!("multipart/form-data; boundary={BOUNDARY}"),
            ),
        ];
        let (status, answered, bytes) = self.send_bytes(Method::POST, &url, &headers, Some(body)).await;
        match answered.get(header::LOCATION) {
            Some(location) => {
                let address = url
                    .join(location.to_str().expect("an address"))
                    .expect("an address");
                self.get(address.as_str()).await
            }
            None => Answer {
                status,
                url,
                headers: answered,
                body: String::from_utf8_lossy(&bytes).into_owned(),
            },
        }
    }

    /// Sends a file as a page's script does.
    pub async fn upload(
        &self,
        address: &str,
        csrf: &str,
        name: &str,
        media_type: &str,
        content: &[u8],
    ) -> Answer {
        let url = self.resolve(address);
        let name = url::form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>();
        let headers = [
            (header::ACCEPT, "application/json".to_owned()),
            (header::ORIGIN, url.origin().ascii_serialization()),
            (header::CONTENT_TYPE, media_type.to_owned()),
            (HeaderName::from_static("x-csrf-token"), csrf.to_owned()),
            (HeaderName::from_static("x-file-name"), name.replace('+', "%20")),
        ];
        let sent = self
            .send_bytes(Method::POST, &url, &headers, Some(content.to_vec()))
            .await;
        let (status, headers, bytes) = sent;
        Answer {
            status,
            url,
            headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// Fetches a file, with some headers.
    pub async fn file(
        &self,
        address: &str,
        headers: &[(HeaderName, &str)],
    ) -> (StatusCode, HeaderMap, Vec<u8>) {
        let url = self.resolve(address);
        let headers: Vec<_> = headers
            .iter()
            .map(|(name, value)| (name.clone(), (*value).to_owned()))
            .collect();
        self.send_bytes(Method::GET, &url, &headers, None).await
    }
}

/// A small picture in PNG, as a drawing program writes it.
pub fn small_png() -> Vec<u8> {
    // 4 × 3 pixels, grey
    let base64 =
        "iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAAAAACRn/EaAAAADklEQVR4nGOIAgIGOAEAH7MEOQKQfYYAAAAASUVORK5CYII=";
    base64::Engine::decode(&base64::engine::general_purpose::STANDARD, base64).expect("Base64")
}
