//! What a client can do with a deal: more periods, or an early end (DL-6).

use crate::{agenda::Probes, types::*, *};
use frame_support::{
    pallet_prelude::*,
    traits::{
        fungible::Inspect,
        tokens::{Fortitude, Preservation},
        DefensiveSaturating, Get,
    },
};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_renew_deal(client: T::AccountId, id: u64, more: u32) -> DispatchResult {
        let mut deal = Self::live_deal(id)?;
        ensure!(deal.client == client, Error::<T>::NotTheClient);
        ensure!(deal.state == DealState::Active, Error::<T>::DealNotActive);
        // The agenda may be late: nothing revives a deal whose time is over.
        ensure!(Self::now() < Self::end_of(&deal, deal.periods), Error::<T>::DealOver);
        let periods = deal.periods.checked_add(more).filter(|periods| *periods <= T::MaxPeriods::get());
        let periods = periods.filter(|_| more > 0).ok_or(Error::<T>::BadPeriods)?;
        let ahead = periods - deal.period;
        Self::working_role(Role::Store, &deal.store)?;
        Self::ensure_in_standing(Role::Store, &deal.store)?;
        let ask = Asks::<T>::get(&deal.store).ok_or(Error::<T>::NoAsk)?;
        ensure!(ask.renews(&deal, ahead, Self::now()), Error::<T>::AskDoesNotCover);

        let reserved = deal.price.checked_mul(more.into()).ok_or(Error::<T>::PriceOverflow)?;
        Self::reserve(&client, reserved)?;
        deal.reserved = deal.reserved.defensive_saturating_add(reserved);
        Self::pledge_for(&mut deal, ahead)?;
        deal.periods = periods;
        Self::deposit_event(Event::DealRenewed { deal: id, periods: more, price: deal.price });
        Deals::<T>::insert(id, deal);
        Ok(())
    }

    /// Fills the collateral up to what `ahead` periods need.
    ///
    /// The client decides when, so the Store keeps as much free money as its bond: nobody can lock what it pays the
    /// fees of its proofs with.
    fn pledge_for(deal: &mut DealOf<T>, ahead: u32) -> DispatchResult {
        let price = deal.price.checked_mul(ahead.into()).ok_or(Error::<T>::PriceOverflow)?;
        let needed = Self::collateral(price).ok_or(Error::<T>::PriceOverflow)?;
        let missing = needed.saturating_sub(deal.collateral);
        if missing > 0 {
            let free = T::Currency::reducible_balance(&deal.store, Preservation::Preserve, Fortitude::Polite);
            ensure!(free >= missing.saturating_add(T::StoreBond::get()), Error::<T>::StoreWithoutCollateral);
            Self::hold(HoldReason::DealCollateral, &deal.store, missing)
                .map_err(|_| Error::<T>::StoreWithoutCollateral)?;
            deal.collateral = needed;
        }
        deal.pledged = deal.collateral;
        Ok(())
    }

    pub(crate) fn do_end_deal(client: T::AccountId, id: u64) -> DispatchResult {
        let mut deal = Self::live_deal(id)?;
        ensure!(deal.client == client, Error::<T>::NotTheClient);
        let paid = deal.price.min(deal.reserved);
        Self::pay_reserved(&client, &deal.store, paid);
        deal.reserved -= paid;
        Self::deposit_event(Event::EarlyEndPaid { deal: id, store: deal.store.clone(), paid });
        Self::finish_deal(id, &mut deal, DealState::EndedEarly, &mut Probes::of_call())?;
        Deals::<T>::insert(id, deal);
        Ok(())
    }
}
