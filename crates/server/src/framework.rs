//! `taynghe framework import`: a competency framework as a CASE 1.0 package; and the
//! frameworks that come with the program, which are there from the first start on.

use std::fs;

use anyhow::{Context, bail};
use app::{App, Clock, competency};
use course::{Framework, FrameworkProblem};
use serde_json::{Value, json};
use settings::Settings;

use crate::{
    cli::{self, Framework::Import},
    output, start,
};

pub(crate) async fn run(settings: &Settings, command: cli::Framework) -> anyhow::Result<()> {
    let Import {
        file,
        key,
        organisation,
        output,
    } = command;
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let framework = read(&with_key(&text, key)?).with_context(|| file.display().to_string())?;
    let app = start::app(settings, Clock::system()).await?;
    let imported = competency::import(&app, organisation.name, framework).await?;
    let told = match imported.is_new {
        true => format!("{}: edition {} is there", imported.key, imported.number),
        false => format!("{}: edition {} was there already", imported.key, imported.number),
    };
    let json = json!({ "key": imported.key, "edition": imported.number, "new": imported.is_new });
    output::print(output.format, &told, &json);
    Ok(())
}

/// Puts the frameworks of the program where everybody's courses can name them.
pub(crate) async fn install(app: &App) -> anyhow::Result<()> {
    let read = |file: &starter_content::StarterFile| read(file.json).with_context(|| file.name.to_owned());
    let frameworks = starter_content::FRAMEWORKS.iter().map(read);
    competency::install(app, frameworks.collect::<anyhow::Result<_>>()?).await?;
    Ok(())
}

fn read(text: &str) -> anyhow::Result<Framework> {
    match course::read_framework(text) {
        Ok(framework) => Ok(framework),
        Err(problems) => {
            let line = |problem: &FrameworkProblem| format!("{} {}", problem.code(), problem.named);
            let lines: Vec<String> = problems.iter().map(line).collect();
            bail!("the file is no CASE package:\n{}", lines.join("\n"));
        }
    }
}

// Packages of others do not know what our tags call them.
fn with_key(text: &str, key: Option<String>) -> anyhow::Result<String> {
    let Some(key) = key else {
        return Ok(text.to_owned());
    };
    let mut package: Value = serde_json::from_str(text).context("the file is no JSON")?;
    let Some(document) = package.get_mut("CFDocument").and_then(Value::as_object_mut) else {
        bail!("the file has no CFDocument");
    };
    let extensions = document.entry("extensions").or_insert_with(|| json!({}));
    if let Some(extensions) = extensions.as_object_mut() {
        extensions.insert("key".to_owned(), Value::String(key));
    }
    Ok(package.to_string())
}
