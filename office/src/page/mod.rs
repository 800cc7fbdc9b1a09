//! Pages as data and their one template. A page works without script, and holds no style or script of its own.

mod block;
mod field;
mod frame;
mod link;
mod table;

pub use block::{Block, Fact, NoticeKind, Page};
pub use field::{Choice, Field, FieldKind, Form};
pub use frame::{Frame, NavigationLink, render};
pub use link::Link;
pub use table::{Cell, Table};
