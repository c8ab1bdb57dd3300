//! The way from assets to the native token, for credits that are bought with assets (MK-1).

use crate::types::Balance;
use frame_support::weights::Weight;
use sp_runtime::DispatchError;

/// Sells assets for the native token; a runtime with pools has one, `()` is for a runtime without assets.
pub trait Swap<AccountId> {
    /// Sells all of `amount` units of `asset` that belong to `who`, and brings at least `native_min` planck to
    /// `send_to`; says how many. A failure may leave changes behind, the caller takes them back.
    /// [`DispatchError::Unavailable`] says that there is no exchange at all.
    fn swap(
        who: &AccountId,
        asset: u32,
        amount: Balance,
        native_min: Balance,
        send_to: &AccountId,
    ) -> Result<Balance, DispatchError>;

    /// What one exchange weighs at most.
    fn weight() -> Weight;
}

impl<AccountId> Swap<AccountId> for () {
    fn swap(_: &AccountId, _: u32, _: Balance, _: Balance, _: &AccountId) -> Result<Balance, DispatchError> {
        Err(DispatchError::Unavailable)
    }

    fn weight() -> Weight {
        Weight::zero()
    }
}
