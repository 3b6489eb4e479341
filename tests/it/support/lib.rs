//! What the stories in this package share.
