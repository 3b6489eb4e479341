//! `Debug` for types that hold names or secrets: logs and panics show the named fields only.

/// Implements `Debug` for a type, with the fields named and `..` for all others.
///
/// ```
/// struct Person {
///     id: u8,
///     name: &'static str,
/// }
/// lti::debug_only!(Person: id);
/// let person = Person { id: 7, name: "Nguyễn Thị Thử" };
/// assert_eq!(format!("{person:?}"), "Person { id: 7, .. }");
/// # let _ = person.name;
/// ```
#[macro_export]
macro_rules! debug_only {
    ($type:ident: $($field:ident),*) => {
        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($type))
                    $(.field(stringify!($field), &self.$field))*
                    .finish_non_exhaustive()
            }
        }
    };
}
