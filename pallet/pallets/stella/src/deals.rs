//! Deals: from acceptance to their end (DL-3 to DL-5, PP-5).

use crate::{agenda::Probes, types::*, *};
use frame_support::{
    pallet_prelude::*,
    traits::{Defensive, DefensiveSaturating, Get},
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{
    traits::{One, Saturating, Zero},
    DispatchError, FixedPointNumber,
};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_accept_deal(store: T::AccountId, request_id: u64, price: Balance) -> DispatchResult {
        let now = Self::now();
        let mut request = Requests::<T>::get(request_id).ok_or(Error::<T>::NoSuchRequest)?;
        ensure!(request.state == RequestState::Open, Error::<T>::RequestNotOpen);
        let mut role = Self::working_role(Role::Store, &store)?;
        Self::ensure_in_standing(Role::Store, &store)?;
        ensure!(price <= request.price_max, Error::<T>::PriceAboveMax);
        let mut ask = Asks::<T>::get(&store).ok_or(Error::<T>::NoAsk)?;
        ask.take::<T>(&request, price, now)?;
        // Its own key too: the operator may have been confirmed after the account took a replica.
        let replica = role.operator.clone().unwrap_or_else(|| store.clone());
        let taken = |account: &T::AccountId| Replicas::<T>::contains_key(request_id, account);
        ensure!(!taken(&replica) && !taken(&store), Error::<T>::AlreadyReplica);

        let (piece, periods) = (request.piece.clone(), request.periods);
        let set_aside = piece.price_of(request.price_max, periods).ok_or(Error::<T>::PriceOverflow)?;
        let reserved = piece.price_of(price, periods).ok_or(Error::<T>::PriceOverflow)?;
        let collateral = Self::collateral(reserved).ok_or(Error::<T>::PriceOverflow)?;
        Self::hold(HoldReason::DealCollateral, &store, collateral)?;
        Self::unreserve(&request.client, set_aside.defensive_saturating_sub(reserved));

        let id = NextDeal::<T>::mutate(|next| {
            *next += 1;
            *next - 1
        });
        let deadline = now.saturating_add(T::ActivationTimeout::get());
        let deal = Deal {
            request: request_id,
            client: request.client.clone(),
            store: store.clone(),
            content: request.content.clone(),
            price: piece.price_of(price, 1).ok_or(Error::<T>::PriceOverflow)?,
            piece,
            periods,
            tier: request.tier,
            state: DealState::Accepted,
            accepted_at: now,
            activated_at: None,
            period: 0,
            proven: false,
            paid_periods: 0,
            faults: 0,
            faults_in_row: 0,
            collateral,
            reserved,
            deadline: Self::schedule(AgendaItem::Deal(id), deadline, &mut Probes::of_call())?,
            pledged: collateral,
        };
        Replicas::<T>::insert(request_id, &replica, id);
        LiveDeals::<T>::insert(&store, id, replica);
        role.live_deals.saturating_inc();
        Roles::<T>::insert(Role::Store, &store, role);
        Asks::<T>::insert(&store, ask);
        request.open = request.open.defensive_saturating_sub(1);
        request.live.saturating_inc();
        request.reserved = request.reserved.defensive_saturating_sub(set_aside);
        let filled = request.open == 0;
        if filled {
            request.state = RequestState::Filled;
        }
        Self::deposit_event(Event::DealAccepted {
            deal: id,
            request: request_id,
            store,
            client: deal.client.clone(),
            price: deal.price,
        });
        Deals::<T>::insert(id, deal);
        Requests::<T>::insert(request_id, request);
        if filled {
            Self::deposit_event(Event::RequestFilled { request: request_id });
        }
        Ok(())
    }

    /// The deal is due in `slot` of the agenda.
    pub(crate) fn deal_due(id: u64, slot: BlockNumberFor<T>, probes: &mut Probes) -> DispatchResult {
        let Some(mut deal) = Deals::<T>::get(id) else {
            return Ok(());
        };
        if !deal.state.is_live() || deal.deadline != slot {
            return Ok(());
        }
        if deal.state == DealState::Accepted {
            Self::finish_deal(id, &mut deal, DealState::Lapsed, probes)?;
        } else if Self::now() >= Self::period_end(&deal) {
            Self::close_period(id, &mut deal, HardEvidence::Missed, probes)?;
        }
        if deal.state.is_live() {
            deal.deadline = Self::schedule(AgendaItem::Deal(id), Self::period_end(&deal), probes)?;
        }
        Deals::<T>::insert(id, deal);
        Ok(())
    }

    /// Moves an active deal to the slot of its period's end. Where no place is free it stays in the slot it has, which
    /// moves it on: a full agenda never keeps a Store from proving.
    pub(crate) fn reschedule(id: u64, deal: &mut DealOf<T>, probes: &mut Probes) {
        if let Ok(slot) = Self::schedule(AgendaItem::Deal(id), Self::period_end(deal), probes) {
            deal.deadline = slot;
        }
    }

    /// Closes the periods that are over, where the agenda is late: that must not shut the Store out of the current
    /// one. Says whether there were any.
    pub(crate) fn catch_up(id: u64, deal: &mut DealOf<T>, probes: &mut Probes) -> Result<bool, DispatchError> {
        let mut late = false;
        while deal.state == DealState::Active && Self::now() >= Self::period_end(deal) {
            Self::close_period(id, deal, HardEvidence::Missed, probes)?;
            late = true;
        }
        Ok(late)
    }

    /// Ends the current period, as a fault with `evidence` unless it is proven, and goes on to the next one.
    pub(crate) fn close_period(
        id: u64,
        deal: &mut DealOf<T>,
        evidence: HardEvidence,
        probes: &mut Probes,
    ) -> DispatchResult {
        if !deal.proven {
            Self::fault(id, deal, evidence);
        }
        deal.period.saturating_inc();
        deal.proven = false;
        if deal.faults_in_row >= T::MaxConsecutiveFaults::get() {
            Self::finish_deal(id, deal, DealState::Terminated, probes)
        } else if deal.period >= deal.periods {
            Self::finish_deal(id, deal, DealState::Completed, probes)
        } else {
            Ok(())
        }
    }

    /// First block after the current period of an active deal.
    pub(crate) fn period_end(deal: &DealOf<T>) -> BlockNumberFor<T> {
        Self::end_of(deal, deal.period.saturating_add(1))
    }

    /// First block after so many periods of an active deal.
    pub(crate) fn end_of(deal: &DealOf<T>, periods: u32) -> BlockNumberFor<T> {
        let length = T::ProvingPeriod::get().saturating_mul(periods.into());
        deal.activated_at.unwrap_or_default().saturating_add(length)
    }

    /// A deal that has not ended.
    pub(crate) fn live_deal(id: u64) -> Result<DealOf<T>, DispatchError> {
        let deal = Deals::<T>::get(id).ok_or(Error::<T>::NoSuchDeal)?;
        ensure!(deal.state.is_live(), Error::<T>::DealOver);
        Ok(deal)
    }

    /// PP-5: part of the collateral and the price of the period go to the client.
    fn fault(id: u64, deal: &mut DealOf<T>, evidence: HardEvidence) {
        let slashed = Self::slash(deal, Self::fault_slash(deal));
        let price = deal.price.min(deal.reserved);
        Self::unreserve(&deal.client, price);
        deal.reserved -= price;
        deal.faults.saturating_inc();
        deal.faults_in_row.saturating_inc();
        Self::record(&deal.store, evidence);
        Self::deposit_event(Event::Fault {
            deal: id,
            store: deal.store.clone(),
            period: deal.period,
            slashed,
            in_row: deal.faults_in_row,
        });
    }

    /// Ends a live deal: settles collateral and credits, frees the replica, tells the request.
    pub(crate) fn finish_deal(
        id: u64,
        deal: &mut DealOf<T>,
        outcome: DealState,
        probes: &mut Probes,
    ) -> DispatchResult {
        let failed = matches!(outcome, DealState::Lapsed | DealState::Terminated);
        match outcome {
            DealState::Lapsed => Self::slash(deal, Self::fault_slash(deal)),
            DealState::Terminated => Self::slash(deal, deal.collateral),
            _ => Zero::zero(),
        };
        let collateral = core::mem::take(&mut deal.collateral);
        let collateral_returned = Self::release(HoldReason::DealCollateral, &deal.store, collateral);
        let credits_returned = core::mem::take(&mut deal.reserved);
        Self::unreserve(&deal.client, credits_returned);
        deal.state = outcome;

        // Under the key of its acceptance; the operator may have been confirmed since.
        if let Some(replica) = LiveDeals::<T>::take(&deal.store, id).defensive() {
            Replicas::<T>::remove(deal.request, replica);
        }
        if let Some(mut role) = Roles::<T>::get(Role::Store, &deal.store).defensive() {
            role.live_deals = role.live_deals.defensive_saturating_sub(1);
            Roles::<T>::insert(Role::Store, &deal.store, role);
        }
        Self::deposit_event(Event::DealEnded {
            deal: id,
            store: deal.store.clone(),
            outcome,
            collateral_returned,
            credits_returned,
        });
        Self::ended(Finished::Deal(id));
        Self::replica_ended(deal.request, id, failed, probes)
    }

    /// Moves collateral to the client's free credits, at most what is left of it, and says how much.
    fn slash(deal: &mut DealOf<T>, amount: Balance) -> Balance {
        let amount = amount.min(deal.collateral);
        let slashed = Self::credit_held(HoldReason::DealCollateral, &deal.store, &deal.client, amount);
        deal.collateral = deal.collateral.defensive_saturating_sub(slashed);
        slashed
    }

    /// What one fault costs. It is reckoned from what was pledged, so that each fault weighs the same, and rounded up,
    /// so that none is free.
    fn fault_slash(deal: &DealOf<T>) -> Balance {
        T::FaultSlash::get().mul_ceil(deal.pledged)
    }

    /// Collateral of a deal that costs `price` in all.
    pub(crate) fn collateral(price: Balance) -> Option<Balance> {
        T::CollateralRatio::get().checked_mul_int(price)
    }

    /// Block whose randomness challenges the first proof.
    pub(crate) fn first_challenge(deal: &DealOf<T>) -> BlockNumberFor<T> {
        deal.accepted_at.saturating_add(One::one())
    }
}

impl Piece {
    /// Planck for this piece over `periods`, at `price` per GiB and period. A started GiB fraction costs at least one
    /// planck a period, so that only a price of zero is free.
    pub(crate) fn price_of(&self, price: Balance, periods: u32) -> Option<Balance> {
        const GIB: u128 = 1 << 30;
        price.checked_mul(self.padded_size().into()).map(|total| total.div_ceil(GIB))?.checked_mul(periods.into())
    }
}
