//! What holds between any two calls or blocks. Checked by `try_state` on a live chain and after every unit test; the
//! simulator judges the same.

use crate::{types::*, *};
use alloc::{collections::BTreeMap, vec::Vec};
use codec::Encode;
use frame_support::{
    ensure,
    traits::{
        fungible::{Inspect, InspectHold},
        Get,
    },
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Saturating, TryRuntimeError};

type Check = Result<(), TryRuntimeError>;

impl<T: Config> Pallet<T> {
    /// Names the first invariant that is broken.
    pub fn check_invariants() -> Check {
        let live: Vec<(u64, DealOf<T>)> = Deals::<T>::iter().filter(|(_, deal)| deal.state.is_live()).collect();
        Self::holds_are_bonds_and_collateral(&live)?;
        Self::credits_are_covered(&live)?;
        Self::deals_are_consistent(&live)?;
        Self::requests_are_consistent(&live)?;
        Self::roles_are_consistent(&live)?;
        Self::time_is_consistent()
    }

    fn holds_are_bonds_and_collateral(live: &[(u64, DealOf<T>)]) -> Check {
        let mut bonds = Sums::new();
        for (_, account, entry) in Roles::<T>::iter() {
            bonds.add(&account, entry.bond);
        }
        let mut collateral = Sums::new();
        for (_, deal) in live {
            collateral.add(&deal.store, deal.collateral);
        }
        for (_, account, _) in Roles::<T>::iter() {
            let held = |reason: HoldReason| T::Currency::balance_on_hold(&reason.into(), &account);
            ensure!(held(HoldReason::RoleBond) == bonds.of(&account), "held bond is not the sum of the role bonds");
            ensure!(
                held(HoldReason::DealCollateral) == collateral.of(&account),
                "held collateral is not the sum of the live deals' collateral"
            );
        }
        Ok(())
    }

    fn credits_are_covered(live: &[(u64, DealOf<T>)]) -> Check {
        let mut set_aside = Sums::new();
        for (_, request) in Requests::<T>::iter() {
            set_aside.add(&request.client, request.reserved);
        }
        for (_, deal) in live {
            set_aside.add(&deal.client, deal.reserved);
        }
        let mut sum = T::Currency::minimum_balance();
        for (account, credits) in Credits::<T>::iter() {
            ensure!(credits != CreditAccount::default(), "an empty credit account is stored");
            ensure!(
                credits.reserved == set_aside.of(&account),
                "reserved credits are not those of open replicas and unpaid periods"
            );
            set_aside.forget(&account);
            sum = sum.saturating_add(credits.free).saturating_add(credits.reserved);
        }
        ensure!(set_aside.all_zero(), "credits are set aside for an account that has none");
        ensure!(T::Currency::balance(&Self::account_id()) >= sum, "credits are not covered by the pallet account");
        Ok(())
    }

    fn deals_are_consistent(live: &[(u64, DealOf<T>)]) -> Check {
        for (_, deal) in Deals::<T>::iter().filter(|(_, deal)| !deal.state.is_live()) {
            ensure!(deal.collateral == 0 && deal.reserved == 0, "an ended deal still holds money");
        }
        for (id, deal) in live {
            let unpaid = deal.periods - deal.period - u32::from(deal.proven);
            ensure!(
                deal.reserved == deal.price.saturating_mul(unpaid.into()),
                "a live deal does not hold the price of its unpaid periods"
            );
            ensure!(deal.period < deal.periods, "a live deal has no period left");
            ensure!(deal.faults_in_row < T::MaxConsecutiveFaults::get(), "a live deal has too many faults");
            ensure!(
                deal.activated_at.is_some() == (deal.state == DealState::Active),
                "only active deals have a block of activation"
            );
            ensure!(Self::is_due(AgendaItem::Deal(*id), deal.deadline), "a live deal is not in its slot of the agenda");
            let operator = Roles::<T>::get(Role::Store, &deal.store).and_then(|role| role.operator);
            let replica = Replicas::<T>::get(deal.request, operator.as_ref().unwrap_or(&deal.store));
            ensure!(replica == Some(*id), "a live deal is not the replica of its operator");
        }
        ensure!(Replicas::<T>::iter().count() == live.len(), "a replica belongs to no live deal");
        Ok(())
    }

    fn requests_are_consistent(live: &[(u64, DealOf<T>)]) -> Check {
        let mut deals = BTreeMap::<u64, u32>::new();
        for (_, deal) in live {
            *deals.entry(deal.request).or_default() += 1;
        }
        for (id, request) in Requests::<T>::iter() {
            let live = deals.remove(&id).unwrap_or(0);
            ensure!(u32::from(request.live) == live, "a request miscounts its live deals");
            ensure!(request.open + request.live <= request.replicas, "a request has too many replicas");
            ensure!(
                (request.state == RequestState::Open) == (request.open > 0),
                "a request is open without open replicas, or the other way round"
            );
            ensure!(request.state != RequestState::Filled || live > 0, "a filled request has no live deal");
            ensure!(request.state != RequestState::Done || live == 0, "a request is done before its deals");
            let each = request.piece.price_of(request.price_max, request.periods);
            ensure!(
                each.and_then(|each| each.checked_mul(request.open.into())) == Some(request.reserved),
                "a request does not hold the price of its open replicas"
            );
            if request.state == RequestState::Open {
                let due = Self::is_due(AgendaItem::RequestExpiry(id), request.expires_at);
                ensure!(due, "an open request is not in its slot of the agenda");
            }
        }
        ensure!(deals.is_empty(), "a live deal has no request");
        Ok(())
    }

    fn roles_are_consistent(live: &[(u64, DealOf<T>)]) -> Check {
        let mut deals = Sums::new();
        for (_, deal) in live {
            deals.add(&deal.store, 1);
        }
        let mut inspectors = 0;
        for (role, account, entry) in Roles::<T>::iter() {
            let expected = if role == Role::Store { deals.of(&account) } else { 0 };
            ensure!(Balance::from(entry.live_deals) == expected, "a role miscounts its live deals");
            ensure!(Reputation::<T>::contains_key(role, &account), "a role has no reputation");
            inspectors += u32::from(role == Role::Inspector);
            if role == Role::Store {
                deals.forget(&account);
            }
        }
        ensure!(deals.all_zero(), "a live deal belongs to no registered Store");
        ensure!(InspectorCount::<T>::get() == inspectors, "the Inspectors are miscounted");
        ensure!(inspectors <= T::MaxInspectors::get(), "there are too many Inspectors");
        for store in Asks::<T>::iter_keys() {
            let working = Self::working_role(Role::Store, &store).is_ok();
            ensure!(working, "an ask belongs to no working Store");
        }
        Ok(())
    }

    fn time_is_consistent() -> Check {
        let kept = T::ActivationTimeout::get().max(T::ProvingPeriod::get()).saturating_add(2u32.into());
        let oldest = Self::now().saturating_sub(kept);
        ensure!(
            Seeds::<T>::iter_keys().all(|block| block > oldest || oldest == Default::default()),
            "old seeds are kept"
        );
        let epoch = CurrentEpoch::<T>::get();
        ensure!(Epochs::<T>::iter_keys().all(|key| key <= epoch && key + 8 > epoch), "old epochs are kept");
        let cursor = AgendaCursor::<T>::get().unwrap_or_default();
        ensure!(Agenda::<T>::iter_keys().all(|slot| slot >= cursor), "a past slot of the agenda holds items");
        Ok(())
    }

    fn is_due(item: AgendaItem, slot: BlockNumberFor<T>) -> bool {
        Agenda::<T>::get(slot).contains(&item)
    }
}

/// Sums by account; accounts need not be ordered, so their encoding is the key.
struct Sums(BTreeMap<Vec<u8>, Balance>);

impl Sums {
    fn new() -> Self {
        Self(BTreeMap::new())
    }

    fn add(&mut self, account: &impl Encode, amount: Balance) {
        *self.0.entry(account.encode()).or_default() += amount;
    }

    fn of(&self, account: &impl Encode) -> Balance {
        self.0.get(&account.encode()).copied().unwrap_or(0)
    }

    fn forget(&mut self, account: &impl Encode) {
        self.0.remove(&account.encode());
    }

    fn all_zero(&self) -> bool {
        self.0.values().all(|amount| *amount == 0)
    }
}
