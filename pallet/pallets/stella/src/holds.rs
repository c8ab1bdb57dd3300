//! Money on hold: it goes back to its owner or to somebody else, and never gets lost on the way.

use crate::{types::*, *};
use frame_support::{
    pallet_prelude::*,
    traits::{
        fungible::MutateHold,
        tokens::{Fortitude, Precision, Restriction},
        Defensive,
    },
};

impl<T: Config> Pallet<T> {
    pub(crate) fn hold(reason: HoldReason, who: &T::AccountId, amount: Balance) -> DispatchResult {
        T::Currency::hold(&reason.into(), who, amount)
    }

    /// Frees money on hold and says how much.
    pub(crate) fn release(reason: HoldReason, who: &T::AccountId, amount: Balance) -> Balance {
        T::Currency::release(&reason.into(), who, amount, Precision::BestEffort).defensive_unwrap_or_default()
    }

    /// Moves money that `from` has on hold to `to`, as money if that is possible, as credits otherwise; says how much.
    pub(crate) fn pay_held(reason: HoldReason, from: &T::AccountId, to: &T::AccountId, amount: Balance) -> Balance {
        Self::move_held(reason, from, to, amount).unwrap_or_else(|_| Self::credit_held(reason, from, to, amount))
    }

    /// Turns money that `from` has on hold into free credits of `to`, and says how much.
    pub(crate) fn credit_held(reason: HoldReason, from: &T::AccountId, to: &T::AccountId, amount: Balance) -> Balance {
        let moved = Self::move_held(reason, from, &Self::account_id(), amount).defensive_unwrap_or_default();
        Self::give(to, moved);
        moved
    }

    fn move_held(
        reason: HoldReason,
        from: &T::AccountId,
        to: &T::AccountId,
        amount: Balance,
    ) -> Result<Balance, DispatchError> {
        let (precision, mode, force) = (Precision::BestEffort, Restriction::Free, Fortitude::Force);
        T::Currency::transfer_on_hold(&reason.into(), from, to, amount, precision, mode, force)
    }
}
