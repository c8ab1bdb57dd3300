//! Deals: from acceptance to their end (DL-3 to DL-5, PP-5).

use crate::{agenda::Probes, types::*, *};
use frame_support::{
    pallet_prelude::*,
    traits::{
        fungible::MutateHold,
        tokens::{Fortitude, Precision, Restriction},
        Defensive, DefensiveSaturating, Get,
    },
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{
    traits::{One, Saturating, Zero},
    FixedPointNumber,
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
        let replica = role.operator.as_ref().unwrap_or(&store);
        ensure!(!Replicas::<T>::contains_key(request_id, replica), Error::<T>::AlreadyReplica);

        let (piece, periods) = (request.piece.clone(), request.periods);
        let set_aside = piece.price_of(request.price_max, periods).ok_or(Error::<T>::PriceOverflow)?;
        let reserved = piece.price_of(price, periods).ok_or(Error::<T>::PriceOverflow)?;
        let collateral = Self::collateral(reserved).ok_or(Error::<T>::PriceOverflow)?;
        T::Currency::hold(&HoldReason::DealCollateral.into(), &store, collateral)?;
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
        };
        Replicas::<T>::insert(request_id, replica, id);
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
        match deal.state {
            DealState::Accepted => Self::end_deal(id, &mut deal, DealState::Lapsed, probes)?,
            _ => Self::close_period(id, &mut deal, HardEvidence::Missed, probes)?,
        }
        Deals::<T>::insert(id, deal);
        Ok(())
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
            Self::end_deal(id, deal, DealState::Terminated, probes)
        } else if deal.period >= deal.periods {
            Self::end_deal(id, deal, DealState::Completed, probes)
        } else {
            deal.deadline = Self::schedule(AgendaItem::Deal(id), Self::period_end(deal), probes)?;
            Ok(())
        }
    }

    /// First block after the current period of an active deal.
    pub(crate) fn period_end(deal: &DealOf<T>) -> BlockNumberFor<T> {
        let periods: BlockNumberFor<T> = deal.period.saturating_add(1).into();
        deal.activated_at.unwrap_or_default().saturating_add(T::ProvingPeriod::get().saturating_mul(periods))
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
    pub(crate) fn end_deal(id: u64, deal: &mut DealOf<T>, outcome: DealState, probes: &mut Probes) -> DispatchResult {
        let failed = matches!(outcome, DealState::Lapsed | DealState::Terminated);
        match outcome {
            DealState::Lapsed => Self::slash(deal, Self::fault_slash(deal)),
            DealState::Terminated => Self::slash(deal, deal.collateral),
            _ => Zero::zero(),
        };
        let collateral = core::mem::take(&mut deal.collateral);
        let reason = HoldReason::DealCollateral.into();
        let collateral_returned =
            T::Currency::release(&reason, &deal.store, collateral, Precision::BestEffort).defensive_unwrap_or_default();
        let credits_returned = core::mem::take(&mut deal.reserved);
        Self::unreserve(&deal.client, credits_returned);
        deal.state = outcome;

        if let Some(mut role) = Roles::<T>::get(Role::Store, &deal.store).defensive() {
            Replicas::<T>::remove(deal.request, role.operator.as_ref().unwrap_or(&deal.store));
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
        Self::replica_ended(deal.request, id, failed, probes)
    }

    /// Moves collateral to the client's free credits, at most what is left of it, and says how much.
    fn slash(deal: &mut DealOf<T>, amount: Balance) -> Balance {
        let slashed = T::Currency::transfer_on_hold(
            &HoldReason::DealCollateral.into(),
            &deal.store,
            &Self::account_id(),
            amount.min(deal.collateral),
            Precision::BestEffort,
            Restriction::Free,
            Fortitude::Force,
        )
        .defensive_unwrap_or_default();
        Self::give(&deal.client, slashed);
        deal.collateral = deal.collateral.defensive_saturating_sub(slashed);
        slashed
    }

    /// What one fault costs. It is reckoned from the collateral at the start, so that each fault weighs the same, and
    /// rounded up, so that none is free.
    fn fault_slash(deal: &DealOf<T>) -> Balance {
        let whole = deal.price.saturating_mul(deal.periods.into());
        T::FaultSlash::get().mul_ceil(Self::collateral(whole).unwrap_or(deal.collateral))
    }

    /// Collateral of a deal that costs `price` in all.
    fn collateral(price: Balance) -> Option<Balance> {
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
