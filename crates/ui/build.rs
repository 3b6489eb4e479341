//! Rebuilds the crate when a text, style or script is added: `rust-embed`
//! notices changed files by itself, but not new ones.

fn main() {
    println!("cargo:rerun-if-changed=locales");
    println!("cargo:rerun-if-changed=static");
}
