//! Content that comes with the program: quizzes and courses as files, in Vietnamese,
//! English and German, with the pictures and the sound in them. Data only: what the
//! files mean is `assessment`'s and `interchange`'s (a quiz reads with
//! `assessment::draft_from_json`, a course with `interchange::folder::read`), and who
//! owns the copies is `app`'s.

/// A file of the starter content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StarterFile {
    /// Its stable name without folder and ending, such as `workshop-safety`.
    pub name: &'static str,
    /// What is in it.
    pub json: &'static str,
}

/// The quizzes, in the order in which a picker shows them; the first is the
/// sample that `demo` places in its course.
pub const ASSESSMENTS: &[StarterFile] = &[
    StarterFile {
        name: "workshop-safety",
        json: include_str!("../assessments/workshop-safety.json"),
    },
    StarterFile {
        name: "vernier-caliper",
        json: include_str!("../assessments/vernier-caliper.json"),
    },
    StarterFile {
        name: "digital-safety",
        json: include_str!("../assessments/digital-safety.json"),
    },
    StarterFile {
        name: "question-types",
        json: include_str!("../assessments/question-types.json"),
    },
    StarterFile {
        name: "metal-trades-examination",
        json: include_str!("../assessments/metal-trades-examination.json"),
    },
];

/// A picture or sound of the starter content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StarterMedium {
    /// The file's name, such as `lathe.png`.
    pub name: &'static str,
    /// Its bytes; quizzes name it by their SHA-256.
    pub content: &'static [u8],
}

/// The pictures and the sound that the quizzes name. How they are made stands in
/// `media/README.md`.
pub const MEDIA: &[StarterMedium] = &[
    StarterMedium {
        name: "lathe.png",
        content: include_bytes!("../media/lathe.png"),
    },
    StarterMedium {
        name: "panel.png",
        content: include_bytes!("../media/panel.png"),
    },
    StarterMedium {
        name: "shaft.png",
        content: include_bytes!("../media/shaft.png"),
    },
    StarterMedium {
        name: "signal.wav",
        content: include_bytes!("../media/signal.wav"),
    },
];

/// Examination schemes, each of which reads as an `assessment::Scheme`; the
/// editor offers them, and an author attaches one to a quiz.
pub const SCHEMES: &[StarterFile] = &[StarterFile {
    name: "german-metal-trades",
    json: include_str!("../schemes/german-metal-trades.json"),
}];

/// Competency frameworks as CASE 1.0 packages, each of which `course::read_framework` reads, and the crosswalks between
/// them. Codes and names only: what a framework says of each is its publisher's.
pub const FRAMEWORKS: &[StarterFile] = &[
    StarterFile {
        name: "digcomp-2.2",
        json: include_str!("../frameworks/digcomp-2.2.json"),
    },
    StarterFile {
        name: "digcomp-3.0",
        json: include_str!("../frameworks/digcomp-3.0.json"),
    },
    StarterFile {
        name: "tt02-2025",
        json: include_str!("../frameworks/tt02-2025.json"),
    },
    StarterFile {
        name: "tt03-2014",
        json: include_str!("../frameworks/tt03-2014.json"),
    },
    StarterFile {
        name: "cefr",
        json: include_str!("../frameworks/cefr.json"),
    },
    StarterFile {
        name: "indmet-2018",
        json: include_str!("../frameworks/indmet-2018.json"),
    },
    StarterFile {
        name: "crosswalks",
        json: include_str!("../frameworks/crosswalks.json"),
    },
];

/// A course of the starter content, as the files of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StarterCourse {
    /// Its key and the name of its folder below `courses/`.
    pub key: &'static str,
    /// Path below the folder and content of each file, sorted by path.
    pub files: &'static [(&'static str, &'static [u8])],
}

/// The courses, each of which `interchange` reads as a folder. Whoever adds a file to
/// one lists it here; a test compares.
pub const COURSES: &[StarterCourse] = &[StarterCourse {
    key: "workshop-safety",
    files: &[
        (
            "01-at-the-machine/before-you-start.checks.json",
            include_bytes!("../courses/workshop-safety/01-at-the-machine/before-you-start.checks.json"),
        ),
        (
            "01-at-the-machine/before-you-start.de.md",
            include_bytes!("../courses/workshop-safety/01-at-the-machine/before-you-start.de.md"),
        ),
        (
            "01-at-the-machine/before-you-start.en.md",
            include_bytes!("../courses/workshop-safety/01-at-the-machine/before-you-start.en.md"),
        ),
        (
            "01-at-the-machine/before-you-start.vi.md",
            include_bytes!("../courses/workshop-safety/01-at-the-machine/before-you-start.vi.md"),
        ),
        (
            "01-at-the-machine/running-machine.checks.json",
            include_bytes!("../courses/workshop-safety/01-at-the-machine/running-machine.checks.json"),
        ),
        (
            "01-at-the-machine/running-machine.de.md",
            include_bytes!("../courses/workshop-safety/01-at-the-machine/running-machine.de.md"),
        ),
        (
            "01-at-the-machine/running-machine.en.md",
            include_bytes!("../courses/workshop-safety/01-at-the-machine/running-machine.en.md"),
        ),
        (
            "01-at-the-machine/running-machine.vi.md",
            include_bytes!("../courses/workshop-safety/01-at-the-machine/running-machine.vi.md"),
        ),
        (
            "01-at-the-machine/unit.toml",
            include_bytes!("../courses/workshop-safety/01-at-the-machine/unit.toml"),
        ),
        (
            "02-when-something-happens/fire-and-first-aid.checks.json",
            include_bytes!(
                "../courses/workshop-safety/02-when-something-happens/fire-and-first-aid.checks.json"
            ),
        ),
        (
            "02-when-something-happens/fire-and-first-aid.de.md",
            include_bytes!("../courses/workshop-safety/02-when-something-happens/fire-and-first-aid.de.md"),
        ),
        (
            "02-when-something-happens/fire-and-first-aid.en.md",
            include_bytes!("../courses/workshop-safety/02-when-something-happens/fire-and-first-aid.en.md"),
        ),
        (
            "02-when-something-happens/fire-and-first-aid.vi.md",
            include_bytes!("../courses/workshop-safety/02-when-something-happens/fire-and-first-aid.vi.md"),
        ),
        (
            "02-when-something-happens/unit.toml",
            include_bytes!("../courses/workshop-safety/02-when-something-happens/unit.toml"),
        ),
        (
            "course.toml",
            include_bytes!("../courses/workshop-safety/course.toml"),
        ),
        (
            "glossary.toml",
            include_bytes!("../courses/workshop-safety/glossary.toml"),
        ),
        (
            "media/lathe-zones.png",
            include_bytes!("../courses/workshop-safety/media/lathe-zones.png"),
        ),
    ],
}];
