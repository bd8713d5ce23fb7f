//! What goes over the wire about files.

mod bodies;
mod files;
mod grant;

pub(crate) use bodies::GrantBody;
pub(crate) use files::AttachmentList;
pub(crate) use grant::GrantDocument;
