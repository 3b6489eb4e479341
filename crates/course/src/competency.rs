//! Competency frameworks in the form of 1EdTech's CASE 1.0: a package is one document
//! with its items and their associations, as JSON on the wire and in storage.
//!
//! Where CASE has one language for an item's words, `extensions.names` has them in
//! more; `extensions.key` is the stable id that tags of courses name. Left out on
//! purpose: rubrics and definitions, which no course needs, and who owns a framework.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{content::CompetencyTag, key::Key};

/// The most items of one package.
pub const MOST_ITEMS: usize = 5_000;
/// The most associations of one package.
pub const MOST_ASSOCIATIONS: usize = 20_000;

/// A package (CASE 1.0, `CFPackage`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Framework {
    /// What it is and where it comes from.
    #[serde(rename = "CFDocument")]
    pub document: Document,
    /// Its areas and competencies; none in a package of crosswalks.
    #[serde(rename = "CFItems", default)]
    pub items: Vec<Competency>,
    /// Who belongs to whom, here and in other packages.
    #[serde(rename = "CFAssociations", default)]
    pub associations: Vec<Association>,
}

/// The document of a package (CASE 1.0, `CFDocument`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// A UUID, the same for ever.
    pub identifier: String,
    /// Where the document stands; a path where it is ours.
    pub uri: String,
    /// Who made it.
    pub creator: String,
    /// In its own language.
    pub title: String,
    /// When it last changed, as it is written.
    pub last_change_date_time: String,
    /// Who published it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub publisher: String,
    /// Which edition it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// The language of title and items, as a tag.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// Whether it is in force.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub adoption_status: String,
    /// Where it was published.
    #[serde(
        default,
        rename = "officialSourceURL",
        skip_serializing_if = "String::is_empty"
    )]
    pub official_source_url: String,
    /// What else is to be said: what was taken from where, and what is ours.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notes: String,
    /// Under which terms it may be used.
    #[serde(default, rename = "licenseURI", skip_serializing_if = "Option::is_none")]
    pub licence: Option<Link>,
    /// Where the whole package stands.
    #[serde(rename = "CFPackageURI")]
    pub package: Link,
    /// What CASE has no place for.
    #[serde(default)]
    pub extensions: Extensions,
}

/// An item of a package (CASE 1.0, `CFItem`): an area, a competency, a module, a level.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Competency {
    /// A UUID, the same for ever.
    pub identifier: String,
    /// Where the item stands; a path where it is ours.
    pub uri: String,
    /// Its name, in its own language.
    pub full_statement: String,
    /// Its code in the document, such as `4.1`.
    #[serde(
        default,
        rename = "humanCodingScheme",
        skip_serializing_if = "String::is_empty"
    )]
    pub code: String,
    /// What it is, in the document's words.
    #[serde(default, rename = "CFItemType", skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// The language of its name, as a tag.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// When it last changed, as it is written.
    pub last_change_date_time: String,
    /// What CASE has no place for.
    #[serde(default)]
    pub extensions: Extensions,
}

/// That two nodes belong together (CASE 1.0, `CFAssociation`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Association {
    /// A UUID.
    pub identifier: String,
    /// Where the association stands; a path where it is ours.
    pub uri: String,
    /// How they belong together.
    pub association_type: AssociationType,
    /// Its place among its like, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence_number: Option<i64>,
    /// From where.
    #[serde(rename = "originNodeURI")]
    pub origin: Link,
    /// To where; may be in another package.
    #[serde(rename = "destinationNodeURI")]
    pub destination: Link,
    /// When it last changed, as it is written.
    pub last_change_date_time: String,
}

/// A document, item or licence that is named (CASE 1.0, `LinkURI`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// In words.
    pub title: String,
    /// Its UUID.
    pub identifier: String,
    /// Where it stands; a path where it is ours.
    pub uri: String,
}

/// What our packages say beyond CASE.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extensions {
    /// The stable id that tags name, such as `digcomp-2.2`; of documents only.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// The name in several languages, by tag.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
}

/// How two nodes belong together (CASE 1.0, 6.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AssociationType {
    /// It is part of the hierarchy below the destination.
    IsChildOf,
    /// Beside it.
    IsPeerOf,
    /// A part of it, in another hierarchy.
    IsPartOf,
    /// The same in another framework.
    ExactMatchOf,
    /// Comes before it.
    Precedes,
    /// Has to do with it.
    IsRelatedTo,
    /// Is there in the place of it no more.
    ReplacedBy,
    /// Shows what it means.
    Exemplar,
    /// Is reached at that level.
    HasSkillLevel,
    /// Says the same in another language.
    IsTranslationOf,
}

/// Something that is wrong with a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameworkProblem {
    /// What is wrong.
    pub kind: FrameworkProblemKind,
    /// What exactly: a code, an identifier, the words of the reader of JSON.
    pub named: String,
}

/// What can be wrong with a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FrameworkProblemKind {
    /// It is no CASE package.
    Form,
    /// More items or associations than a package may have.
    TooMany,
    /// Neither items nor associations.
    Empty,
    /// No key, or one that is none.
    Key,
    /// An identifier that is no UUID.
    Identifier,
    /// An identifier that something else has already.
    DuplicateIdentifier,
    /// A code that another item has already.
    DuplicateCode,
    /// A title or name without words.
    NoName,
    /// A child of something that the package does not have, or of itself.
    Parent,
    /// A hierarchy that goes round in a circle.
    Cycle,
}

impl FrameworkProblem {
    fn new(kind: FrameworkProblemKind, named: &str) -> Self {
        Self {
            kind,
            named: named.to_owned(),
        }
    }

    /// The stable code for pages and for the command line.
    pub fn code(&self) -> &'static str {
        match self.kind {
            FrameworkProblemKind::Form => "CRS-CASE-FORM",
            FrameworkProblemKind::TooMany => "CRS-CASE-TOO-MANY",
            FrameworkProblemKind::Empty => "CRS-CASE-EMPTY",
            FrameworkProblemKind::Key => "CRS-CASE-KEY",
            FrameworkProblemKind::Identifier => "CRS-CASE-IDENTIFIER",
            FrameworkProblemKind::DuplicateIdentifier => "CRS-CASE-DUPLICATE-IDENTIFIER",
            FrameworkProblemKind::DuplicateCode => "CRS-CASE-DUPLICATE-CODE",
            FrameworkProblemKind::NoName => "CRS-CASE-NO-NAME",
            FrameworkProblemKind::Parent => "CRS-CASE-PARENT",
            FrameworkProblemKind::Cycle => "CRS-CASE-CYCLE",
        }
    }
}

/// Reads a package and judges it.
///
/// # Errors
/// All that is wrong with it.
pub fn read_framework(json: &str) -> Result<Framework, Vec<FrameworkProblem>> {
    let read: Result<Framework, _> = serde_json::from_str(json);
    let framework = read.map_err(|error| {
        vec![FrameworkProblem::new(
            FrameworkProblemKind::Form,
            &error.to_string(),
        )]
    })?;
    let problems = check_framework(&framework);
    match problems.is_empty() {
        true => Ok(framework),
        false => Err(problems),
    }
}

/// What is wrong with a package.
pub fn check_framework(framework: &Framework) -> Vec<FrameworkProblem> {
    let Framework {
        document,
        items,
        associations,
    } = framework;
    if items.len() > MOST_ITEMS || associations.len() > MOST_ASSOCIATIONS {
        return vec![FrameworkProblem::new(FrameworkProblemKind::TooMany, "")];
    }
    let mut problems = Vec::new();
    let mut tell = |kind, named: &str| problems.push(FrameworkProblem::new(kind, named));
    if items.is_empty() && associations.is_empty() {
        tell(FrameworkProblemKind::Empty, "");
    }
    if !is_key(&document.extensions.key) {
        tell(FrameworkProblemKind::Key, &document.extensions.key);
    }
    if document.title.trim().is_empty() {
        tell(FrameworkProblemKind::NoName, &document.identifier);
    }
    let mut identifiers = BTreeSet::new();
    let named = std::iter::once(document.identifier.as_str())
        .chain(items.iter().map(|item| item.identifier.as_str()))
        .chain(
            associations
                .iter()
                .map(|association| association.identifier.as_str()),
        );
    for identifier in named {
        if !is_uuid(identifier) {
            tell(FrameworkProblemKind::Identifier, identifier);
        } else if !identifiers.insert(identifier) {
            tell(FrameworkProblemKind::DuplicateIdentifier, identifier);
        }
    }
    let mut codes = BTreeSet::new();
    for item in items {
        if item.full_statement.trim().is_empty() {
            tell(FrameworkProblemKind::NoName, &item.identifier);
        }
        if !item.code.is_empty() && !codes.insert(item.code.as_str()) {
            tell(FrameworkProblemKind::DuplicateCode, &item.code);
        }
    }
    problems.extend(problems_of_hierarchy(framework));
    problems
}

fn problems_of_hierarchy(framework: &Framework) -> Vec<FrameworkProblem> {
    let own: BTreeSet<&str> = framework
        .items
        .iter()
        .map(|item| item.identifier.as_str())
        .collect();
    let document = framework.document.identifier.as_str();
    let mut problems = Vec::new();
    let mut parents: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for association in framework.children() {
        let (child, parent) = (
            &association.origin.identifier,
            &association.destination.identifier,
        );
        let is_known = own.contains(child.as_str()) && (own.contains(parent.as_str()) || parent == document);
        if !is_known || child == parent {
            problems.push(FrameworkProblem::new(FrameworkProblemKind::Parent, child));
        } else {
            parents.entry(child).or_default().push(parent);
        }
    }
    for item in &framework.items {
        let (mut seen, mut open) = (BTreeSet::new(), vec![item.identifier.as_str()]);
        while let Some(node) = open.pop() {
            for parent in parents.get(node).into_iter().flatten() {
                if *parent == item.identifier {
                    problems.push(FrameworkProblem::new(
                        FrameworkProblemKind::Cycle,
                        &item.identifier,
                    ));
                    open.clear();
                    break;
                }
                if seen.insert(*parent) {
                    open.push(parent);
                }
            }
        }
    }
    problems
}

/// `digcomp-2.2`: the letters of keys, and points between versions.
fn is_key(key: &str) -> bool {
    Key::new(key.replace('.', "-")).is_well_formed()
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12]
        && groups
            .iter()
            .all(|group| group.bytes().all(|letter| letter.is_ascii_hexdigit()))
}

impl Framework {
    /// The stable id that tags name.
    pub fn key(&self) -> &str {
        &self.document.extensions.key
    }

    /// Its title in a language, or in its own.
    pub fn title(&self, language: &str) -> &str {
        let names = &self.document.extensions.names;
        names.get(language).unwrap_or(&self.document.title)
    }

    /// The item of that code.
    pub fn find(&self, code: &str) -> Option<&Competency> {
        self.items.iter().find(|item| item.code == code)
    }

    /// Its items from the top down, children behind their parents, in the order of the document.
    pub fn ordered(&self) -> Vec<&Competency> {
        let mut ordered = Vec::new();
        self.put_children(&self.document.identifier, &mut ordered);
        let named: BTreeSet<&str> = ordered.iter().map(|item| item.identifier.as_str()).collect();
        let others = self
            .items
            .iter()
            .filter(|item| !named.contains(item.identifier.as_str()));
        ordered.extend(others.collect::<Vec<_>>());
        ordered
    }

    fn put_children<'a>(&'a self, parent: &str, ordered: &mut Vec<&'a Competency>) {
        let mut children: Vec<&Association> = (self.children())
            .filter(|association| association.destination.identifier == parent)
            .collect();
        children.sort_by_key(|association| association.sequence_number);
        for child in children {
            let is_child = |item: &&Competency| item.identifier == child.origin.identifier;
            if let Some(item) = self.items.iter().find(is_child)
                && !ordered.iter().any(|known| known.identifier == item.identifier)
            {
                ordered.push(item);
                self.put_children(&item.identifier, ordered);
            }
        }
    }

    fn children(&self) -> impl Iterator<Item = &Association> {
        let associations = self.associations.iter();
        associations.filter(|association| association.association_type == AssociationType::IsChildOf)
    }
}

impl Competency {
    /// Its name in a language, or in its own.
    pub fn name(&self, language: &str) -> &str {
        self.extensions
            .names
            .get(language)
            .unwrap_or(&self.full_statement)
    }
}

/// What tags name: several frameworks, and the crosswalks between them.
#[derive(Clone, Copy, Debug)]
pub struct Frameworks<'a>(pub &'a [&'a Framework]);

impl<'a> Frameworks<'a> {
    /// The framework and item that a tag names.
    pub fn find(self, tag: &CompetencyTag) -> Option<(&'a Framework, &'a Competency)> {
        let framework = self.0.iter().find(|framework| framework.key() == tag.framework)?;
        Some((framework, framework.find(&tag.code)?))
    }

    /// What crosswalks say has to do with a tag, in other frameworks. It is a hint for people, never proof:
    /// whoever masters the one has not shown the other.
    pub fn related(self, tag: &CompetencyTag) -> Vec<CompetencyTag> {
        let Some((_, own)) = self.find(tag) else {
            return Vec::new();
        };
        let associations = self.0.iter().flat_map(|framework| &framework.associations);
        let crosses = |kind| {
            matches!(
                kind,
                AssociationType::ExactMatchOf | AssociationType::IsRelatedTo | AssociationType::IsPartOf
            )
        };
        let others = associations.filter(|association| crosses(association.association_type));
        let others = others.filter_map(|association| {
            let (from, to) = (
                &association.origin.identifier,
                &association.destination.identifier,
            );
            match (from == &own.identifier, to == &own.identifier) {
                (true, false) => Some(to),
                (false, true) => Some(from),
                _ => None,
            }
        });
        let found: BTreeSet<CompetencyTag> =
            others.filter_map(|identifier| self.tag_of(identifier)).collect();
        found
            .into_iter()
            .filter(|other| other.framework != tag.framework)
            .collect()
    }

    /// Tags in the order of their frameworks: codes such as 4.10 have no order of their own.
    pub fn in_order(self, tags: impl IntoIterator<Item = CompetencyTag>) -> Vec<CompetencyTag> {
        let mut tags: Vec<CompetencyTag> = tags.into_iter().collect();
        tags.sort_by_cached_key(|tag| {
            let framework = self.0.iter().find(|framework| framework.key() == tag.framework);
            let place = framework.and_then(|framework| {
                let mut ordered = framework.ordered().into_iter();
                ordered.position(|item| item.code == tag.code)
            });
            (
                tag.framework.clone(),
                place.unwrap_or(usize::MAX),
                tag.code.clone(),
            )
        });
        tags
    }

    fn tag_of(self, identifier: &str) -> Option<CompetencyTag> {
        self.0.iter().find_map(|framework| {
            let item = framework
                .items
                .iter()
                .find(|item| item.identifier == identifier)?;
            Some(CompetencyTag {
                framework: framework.key().to_owned(),
                code: item.code.clone(),
            })
        })
    }
}
