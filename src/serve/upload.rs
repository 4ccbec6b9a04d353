//! A request's body and parameters → the documents that were sent, and what is wanted of them.

use std::path::Path;

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::{HeaderMap, header, request};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use percent_encoding::percent_decode;
use tokio::time::timeout;

use super::{App, Refusal};
use crate::config::{is_rule, nearest_rule};
use crate::document::Format;
use crate::fix::Rewrites;
use crate::lint::{Chosen, Linter, Settings};
use crate::rules::{Jurisdiction, Severity};

/// Bytes that an upload may have.
const MOST: usize = 32 << 20;

/// What was sent.
#[derive(Debug)]
pub(super) struct Upload {
    pub(super) files: Vec<Sent>,
    pub(super) wish: Wish,
}

/// A document as it was sent.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) name: String,
    pub(super) bytes: Bytes,
    /// Where the request says so.
    pub(super) format: Option<Format>,
}

/// What is wanted of the documents.
#[derive(Debug, Default)]
pub(super) struct Wish {
    pub(super) token: Option<String>,
    pub(super) shown_from: Option<Severity>,
    pub(super) together: Together,
    pub(super) rewrites: Option<Rewrites<'static>>,
    name: Option<String>,
    format: Option<Format>,
    jurisdiction: Option<Chosen>,
    select: Vec<String>,
    ignore: Vec<String>,
}

/// Whether the documents are one advert.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Together {
    /// Each is read for itself.
    #[default]
    Apart,
    /// A duty in one bears out a criterion in another.
    OneAdvert,
}

/// Reads a request whole: a document as its body, or a form with several.
pub(super) async fn upload(app: &App, request: Request) -> Result<Upload, Refusal> {
    let (parts, body) = request.into_parts();
    let bytes = whole(body, &parts.headers, MOST, app).await?;
    let mut upload = Upload { files: Vec::new(), wish: Wish::default() };
    for (name, value) in form_urlencoded::parse(parts.uri.query().unwrap_or("").as_bytes()) {
        upload.wish.set(&name, &value)?;
    }
    if media_type(&parts.headers) == "multipart/form-data" {
        return from_form(parts, bytes, upload).await;
    }
    let called = parts.headers.get("x-filename").map(|name| percent_decode(name.as_bytes()).decode_utf8_lossy().into_owned());
    let name = called.or_else(|| upload.wish.name.clone()).unwrap_or_else(|| "advert".to_owned());
    let format = upload.wish.format.or_else(|| of_media_type(&media_type(&parts.headers)));
    upload.files.push(Sent { name, bytes, format });
    Ok(upload)
}

/// A body, if it is not too large and comes soon enough.
pub(super) async fn whole(body: Body, headers: &HeaderMap, most: usize, app: &App) -> Result<Bytes, Refusal> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|n| n.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|n| n > most) {
        return Err(Refusal::TooLarge { limit: most >> 20 });
    }
    match timeout(app.patience, Limited::new(body, most).collect()).await {
        Err(_) => Err(Refusal::Slow { seconds: app.patience.as_secs() }),
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Refusal::TooLarge { limit: most >> 20 }),
        Ok(Err(_)) => Err(Refusal::CutOff),
    }
}

/// `text/html` of `text/html; charset=utf-8`.
pub(super) fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    value.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}

/// The parts of a form: those with a file name are documents, and so is `text`; the others say what is wanted.
async fn from_form(parts: request::Parts, bytes: Bytes, mut upload: Upload) -> Result<Upload, Refusal> {
    let bad = |what: &dyn std::fmt::Display| Refusal::Bad(format!("this is no form as browsers send it ({what})"));
    let mut request = Request::from_parts(parts, Body::from(bytes));
    // The whole body is here already.
    DefaultBodyLimit::disable().apply(&mut request);
    let mut form = Multipart::from_request(request, &()).await.map_err(|e| bad(&e.body_text()))?;
    while let Some(field) = form.next_field().await.map_err(|e| bad(&e.body_text()))? {
        let name = field.name().unwrap_or("").to_owned();
        let file = field.file_name().map(str::to_owned);
        let format = field.content_type().and_then(of_media_type);
        let bytes = field.bytes().await.map_err(|e| bad(&e.body_text()))?;
        let is_text = name == "text" && file.is_none();
        match file {
            // A browser sends a field for a file that nobody chose.
            Some(file) if file.is_empty() && bytes.is_empty() => {}
            Some(file) => upload.files.push(Sent { format: named(&file, format), name: file, bytes }),
            None if is_text && bytes.is_empty() => {}
            None if is_text => upload.files.push(Sent { name: "pasted text".to_owned(), bytes, format: None }),
            None => upload.wish.set(&name, &String::from_utf8_lossy(&bytes))?,
        }
    }
    for sent in &mut upload.files {
        sent.format = upload.wish.format.or(sent.format);
    }
    Ok(upload)
}

/// A name tells more than a browser's guess at the type.
fn named(name: &str, guessed: Option<Format>) -> Option<Format> {
    Format::of_path(Path::new(name)).or(guessed)
}

fn of_media_type(media_type: &str) -> Option<Format> {
    let essence = media_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    Format::of_extension(match essence.as_str() {
        "text/markdown" => "md",
        "text/html" | "application/xhtml+xml" => "html",
        "application/ld+json" => "jsonld",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "application/vnd.oasis.opendocument.text" => "odt",
        "application/pdf" => "pdf",
        // `text/plain` is what programs say of whatever they do not know.
        _ => return None,
    })
}

const KNOWN: &str = "name, format, jurisdiction, min-severity, select, ignore, together and suggest";

impl Wish {
    fn set(&mut self, name: &str, value: &str) -> Result<(), Refusal> {
        let names = |value: &str| value.split(',').map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        match name {
            "token" => self.token = Some(value.to_owned()),
            "name" => self.name = Some(value.to_owned()),
            "format" if value.is_empty() => {}
            "format" => self.format = Some(format(value)?),
            "jurisdiction" => self.jurisdiction = Some(jurisdiction(value)?),
            "min-severity" => self.shown_from = Some(severity(value)?),
            "select" => self.select = names(value),
            "ignore" => self.ignore = names(value),
            "together" => self.together = if yes(name, value)? { Together::OneAdvert } else { Together::Apart },
            "suggest" => self.rewrites = Some(if yes(name, value)? { Rewrites::Tracked } else { Rewrites::InComments }),
            _ => return Err(Refusal::Bad(format!("there is no parameter “{name}”; {KNOWN} are there"))),
        }
        Ok(())
    }

    /// The linter that is wanted.
    pub(super) fn linter(&self, linter: &Linter) -> Result<Linter, Refusal> {
        let ruleset = linter.ruleset();
        if let Some(unknown) = self.select.iter().chain(&self.ignore).find(|name| !is_rule(name, ruleset)) {
            let hint = nearest_rule(unknown, ruleset).map_or("/api/rules lists them".to_owned(), |near| format!("did you mean “{near}”?"));
            return Err(Refusal::Bad(format!("there is no rule or group “{unknown}”; {hint}")));
        }
        let mut settings: Settings = linter.settings().clone();
        if let Some(chosen) = self.jurisdiction {
            settings.choose(chosen);
        }
        if !self.select.is_empty() {
            settings.select.clone_from(&self.select);
        }
        settings.ignore.extend(self.ignore.iter().cloned());
        Ok(linter.under(settings))
    }
}

fn format(value: &str) -> Result<Format, Refusal> {
    let all = [Format::Text, Format::Markdown, Format::Html, Format::JsonLd, Format::Word, Format::OpenDocument];
    let by_name = all.into_iter().find(|f| f.name() == value).or_else(|| Format::of_extension(value));
    by_name.ok_or_else(|| Refusal::Bad(format!("there is no format “{value}”; text, markdown, html, jsonld, docx, odt and pdf are there")))
}

fn jurisdiction(value: &str) -> Result<Chosen, Refusal> {
    let named = Jurisdiction::ALL.into_iter().find(|j| j.code() == value).map(Chosen::Named);
    let chosen = named.or((value == "auto").then_some(Chosen::Auto));
    chosen.ok_or_else(|| Refusal::Bad(format!("there is no jurisdiction “{value}”; uk, us, ie, ca, au, eu and auto are there")))
}

fn severity(value: &str) -> Result<Severity, Refusal> {
    match value {
        "error" => Ok(Severity::Error),
        "warning" => Ok(Severity::Warning),
        "info" => Ok(Severity::Info),
        _ => Err(Refusal::Bad(format!("there is no severity “{value}”; error, warning and info are there"))),
    }
}

fn yes(name: &str, value: &str) -> Result<bool, Refusal> {
    match value {
        "yes" | "true" | "1" | "on" => Ok(true),
        "no" | "false" | "0" | "" => Ok(false),
        _ => Err(Refusal::Bad(format!("“{name}” is yes or no, not “{value}”"))),
    }
}
