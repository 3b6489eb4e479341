//! Content that comes with the program: quizzes as files, in Vietnamese, English
//! and German, with the pictures and the sound in them. Data only: what the files
//! mean is `assessment`'s (each one reads with `assessment::draft_from_json`), and
//! who owns the copies is `app`'s.

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
