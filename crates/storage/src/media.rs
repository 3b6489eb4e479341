//! Files by the hash of their content: those that authors put into questions,
//! and those that students upload for a question of an attempt. The content
//! lies in pieces, so that neither side ever holds more than one of them.
//!
//! Left out on purpose: what a file is and whether it may be kept (`app::media`).

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    schema::{attempts, media, media_pieces, media_uploads, placements},
};

/// The bytes of a piece; the last one has fewer.
pub const PIECE_BYTES: usize = 256 * 1024;

/// A file without its content; one row for the same content in an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = media)]
pub struct Medium {
    /// UUIDv7.
    pub id: String,
    /// Whose it is.
    pub organisation_id: String,
    /// SHA-256 of the content, 64 small hexadecimal digits.
    pub hash: String,
    /// The name of an `assessment::FileKind`.
    pub kind: String,
    /// Such as `image/jpeg`.
    pub media_type: String,
    /// The size of the content.
    pub bytes: i64,
    /// The size of each piece but the last.
    pub piece_bytes: i64,
    /// In pixels; pictures only.
    pub width: Option<i64>,
    /// In pixels; pictures only.
    pub height: Option<i64>,
    /// When an author put it there; empty for what only students uploaded.
    pub authored_at: Option<Timestamp>,
    /// When it came first.
    pub created_at: Timestamp,
}

#[derive(Insertable)]
#[diesel(table_name = media_pieces)]
struct NewPiece<'a> {
    media_id: &'a str,
    number: i64,
    content: &'a [u8],
}

/// What a student uploaded for a question of an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = media_uploads)]
pub struct MediaUpload {
    /// The attempt.
    pub attempt_id: String,
    /// The question.
    pub slot: String,
    /// The file.
    pub media_id: String,
    /// When an entry first named it as an answer.
    pub named_at: Option<Timestamp>,
    /// When it came.
    pub created_at: Timestamp,
}

/// The organisation's file of that content.
pub fn find(connection: &mut Connection, organisation_id: &str, hash: &str) -> Result<Option<Medium>> {
    db!(connection, c => Ok(media::table
        .filter(media::organisation_id.eq(organisation_id).and(media::hash.eq(hash)))
        .select(Medium::as_select())
        .first(c)
        .optional()?))
}

/// Adds a file with its content, unless the organisation has it; answers the row that it has. Its pieces are of
/// [`PIECE_BYTES`].
pub fn keep(connection: &mut Connection, new: &Medium, content: &[u8]) -> Result<Medium> {
    let added = db!(connection, c => diesel::insert_into(media::table)
        .values(new)
        .on_conflict_do_nothing()
        .execute(c)?);
    if added == 0 {
        let known = find(connection, &new.organisation_id, &new.hash)?;
        return known.ok_or_else(|| diesel::result::Error::NotFound.into());
    }
    for (piece, number) in content.chunks(PIECE_BYTES).zip(0..) {
        let piece = NewPiece {
            media_id: &new.id,
            number,
            content: piece,
        };
        db!(connection, c => diesel::insert_into(media_pieces::table).values(&piece).execute(c)?);
    }
    Ok(new.clone())
}

/// Notes that an author put an organisation's file there: everybody of the organisation may read it then.
pub fn mark_authored(
    connection: &mut Connection,
    organisation_id: &str,
    id: &str,
    now: Timestamp,
) -> Result<()> {
    db!(connection, c => {
        diesel::update(media::table)
            .filter(media::organisation_id.eq(organisation_id).and(media::id.eq(id)).and(media::authored_at.is_null()))
            .set(media::authored_at.eq(now))
            .execute(c)?;
        Ok(())
    })
}

/// Those of the hashes that authors of the organisation put there.
pub fn list_authored(
    connection: &mut Connection,
    organisation_id: &str,
    hashes: &[String],
) -> Result<Vec<Medium>> {
    db!(connection, c => Ok(media::table
        .filter(
            media::organisation_id.eq(organisation_id)
                .and(media::hash.eq_any(hashes))
                .and(media::authored_at.is_not_null()),
        )
        .select(Medium::as_select())
        .load(c)?))
}

/// Who uploaded a file of that content in a course: the ids of the persons.
pub fn list_uploaders(connection: &mut Connection, context_id: &str, media_id: &str) -> Result<Vec<String>> {
    db!(connection, c => Ok(media_uploads::table
        .inner_join(attempts::table.inner_join(placements::table))
        .filter(placements::context_id.eq(context_id).and(media_uploads::media_id.eq(media_id)))
        .select(attempts::person_id)
        .distinct()
        .load(c)?))
}

/// One piece of a file; `None` behind the last. The caller has proven that it may be read.
pub fn get_piece(connection: &mut Connection, media_id: &str, number: i64) -> Result<Option<Vec<u8>>> {
    db!(connection, c => Ok(media_pieces::table
        .find((media_id, number))
        .select(media_pieces::content)
        .first(c)
        .optional()?))
}

/// Adds a student's upload; the same again changes nothing.
pub fn insert_upload(connection: &mut Connection, upload: &MediaUpload) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(media_uploads::table).values(upload).on_conflict_do_nothing().execute(c)?;
        Ok(())
    })
}

/// What was uploaded for a question of an attempt.
pub fn list_uploads(
    connection: &mut Connection,
    attempt_id: &str,
    slot: &str,
) -> Result<Vec<(MediaUpload, Medium)>> {
    db!(connection, c => Ok(media_uploads::table
        .inner_join(media::table)
        .filter(media_uploads::attempt_id.eq(attempt_id).and(media_uploads::slot.eq(slot)))
        .select((MediaUpload::as_select(), Medium::as_select()))
        .load(c)?))
}

/// Notes that an entry of the attempt names these files as an answer.
pub fn mark_named(
    connection: &mut Connection,
    attempt_id: &str,
    slot: &str,
    media_ids: &[String],
    now: Timestamp,
) -> Result<()> {
    db!(connection, c => {
        diesel::update(media_uploads::table)
            .filter(
                media_uploads::attempt_id.eq(attempt_id)
                    .and(media_uploads::slot.eq(slot))
                    .and(media_uploads::media_id.eq_any(media_ids))
                    .and(media_uploads::named_at.is_null()),
            )
            .set(media_uploads::named_at.eq(now))
            .execute(c)?;
        Ok(())
    })
}

/// Deletes uploads from before `before` that no entry names, and files that neither an author put there nor an upload has.
pub fn tidy(connection: &mut Connection, before: Timestamp) -> Result<usize> {
    db!(connection, c => {
        diesel::delete(media_uploads::table)
            .filter(media_uploads::named_at.is_null().and(media_uploads::created_at.lt(before)))
            .execute(c)?;
        Ok(diesel::delete(media::table)
            .filter(
                media::authored_at.is_null()
                    .and(media::created_at.lt(before))
                    .and(media::id.ne_all(media_uploads::table.select(media_uploads::media_id))),
            )
            .execute(c)?)
    })
}
