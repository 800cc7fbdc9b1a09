//! One change: everything in it holds, or nothing.

use sqlx::{Any, AnyConnection, Transaction};

use super::error::StoreError;

/// A change that is not yet done. Dropped without [`Write::commit`], it never happened.
pub struct Write {
    transaction: Transaction<'static, Any>,
}

impl Write {
    pub(super) fn new(transaction: Transaction<'static, Any>) -> Self {
        Self { transaction }
    }

    /// Makes it hold. What was acknowledged after this is on disk.
    ///
    /// # Errors
    /// `Unavailable`; then nothing of it holds.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.transaction.commit().await?)
    }

    pub(super) fn connection(&mut self) -> &mut AnyConnection {
        &mut self.transaction
    }
}
