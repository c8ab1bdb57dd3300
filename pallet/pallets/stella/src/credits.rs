//! Credits: money in the pallet account, booked per account as free or reserved. Their sum is that account's balance
//! above the existential deposit, which genesis gives it and nothing takes away.

use crate::{types::*, *};
use frame_support::{
    pallet_prelude::*,
    traits::{
        fungible::{Inspect, Mutate},
        tokens::Preservation,
        Defensive, DefensiveSaturating,
    },
};
use sp_runtime::{
    traits::{AccountIdConversion, Zero},
    DispatchError,
};

impl<T: Config> Pallet<T> {
    /// Owner of the money behind all credits.
    pub fn account_id() -> T::AccountId {
        T::PalletId::get().into_account_truncating()
    }

    pub(crate) fn do_top_up_credits(who: T::AccountId, amount: Balance) -> DispatchResult {
        ensure!(!amount.is_zero(), Error::<T>::ZeroAmount);
        T::Currency::transfer(&who, &Self::account_id(), amount, Preservation::Preserve)?;
        Self::give(&who, amount);
        Self::deposit_event(Event::CreditsToppedUp { account: who, amount });
        Ok(())
    }

    pub(crate) fn do_top_up_with_asset(
        who: T::AccountId,
        asset: u32,
        amount: Balance,
        credits_min: Balance,
    ) -> DispatchResult {
        ensure!(!amount.is_zero(), Error::<T>::ZeroAmount);
        let pot = Self::account_id();
        let before = T::Currency::balance(&pot);
        T::Swap::swap(&who, asset, amount, credits_min, &pot).map_err(|failure| match failure {
            DispatchError::Unavailable => Error::<T>::AssetsNotSupported.into(),
            other => other,
        })?;
        // What the exchange says does not count, only what came.
        let amount = T::Currency::balance(&pot).saturating_sub(before);
        ensure!(amount >= credits_min.max(1), Error::<T>::TooFewCredits);
        Self::give(&who, amount);
        Self::deposit_event(Event::CreditsToppedUp { account: who, amount });
        Ok(())
    }

    pub(crate) fn do_withdraw_credits(who: T::AccountId, amount: Balance) -> DispatchResult {
        ensure!(!amount.is_zero(), Error::<T>::ZeroAmount);
        Self::with_credits(&who, |credits| {
            credits.free = credits.free.checked_sub(amount).ok_or(Error::<T>::NotEnoughCredits)?;
            DispatchResult::Ok(())
        })?;
        T::Currency::transfer(&Self::account_id(), &who, amount, Preservation::Preserve)?;
        Self::deposit_event(Event::CreditsWithdrawn { account: who, amount });
        Ok(())
    }

    /// Books money that has come into the pallet account as free credits.
    pub(crate) fn give(who: &T::AccountId, amount: Balance) {
        Self::with_credits(who, |credits| credits.free = credits.free.defensive_saturating_add(amount));
    }

    /// Sets free credits aside.
    pub(crate) fn reserve(who: &T::AccountId, amount: Balance) -> DispatchResult {
        Self::with_credits(who, |credits| {
            credits.free = credits.free.checked_sub(amount).ok_or(Error::<T>::NotEnoughCredits)?;
            credits.reserved = credits.reserved.defensive_saturating_add(amount);
            Ok(())
        })
    }

    /// Frees credits that were set aside.
    pub(crate) fn unreserve(who: &T::AccountId, amount: Balance) {
        Self::with_credits(who, |credits| {
            credits.reserved = credits.reserved.defensive_saturating_sub(amount);
            credits.free = credits.free.defensive_saturating_add(amount);
        });
    }

    /// Pays credits that `from` had set aside to `to`, as money if that is possible, as credits otherwise: a payment
    /// that is due never gets lost because an account cannot receive it.
    pub(crate) fn pay_reserved(from: &T::AccountId, to: &T::AccountId, amount: Balance) {
        Self::with_credits(from, |credits| credits.reserved = credits.reserved.defensive_saturating_sub(amount));
        let paid = T::Currency::transfer(&Self::account_id(), to, amount, Preservation::Preserve);
        if paid.is_err() {
            Self::give(to, amount);
        }
    }

    /// Gives the pallet account its existential deposit where it has less, so that credits of any size can come and go.
    pub(crate) fn endow_pallet_account() -> Weight {
        let account = Self::account_id();
        let missing = T::Currency::minimum_balance().saturating_sub(T::Currency::balance(&account));
        if !missing.is_zero() {
            let _ = T::Currency::mint_into(&account, missing).defensive();
        }
        T::WeightInfo::endow_pallet_account()
    }

    fn with_credits<R>(who: &T::AccountId, change: impl FnOnce(&mut CreditAccount) -> R) -> R {
        Credits::<T>::mutate_exists(who, |entry| {
            let mut credits = entry.take().unwrap_or_default();
            let result = change(&mut credits);
            *entry = (credits != CreditAccount::default()).then_some(credits);
            result
        })
    }
}
