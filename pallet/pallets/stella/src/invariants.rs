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
        Self::holds_are_accounted_for(&live)?;
        Self::credits_are_covered(&live)?;
        Self::deals_are_consistent(&live)?;
        Self::requests_are_consistent(&live)?;
        Self::roles_are_consistent(&live)?;
        Self::questions_and_appeals_are_consistent()?;
        Self::what_is_over_is_queued()?;
        Self::time_is_consistent()
    }

    fn holds_are_accounted_for(live: &[(u64, DealOf<T>)]) -> Check {
        let (mut bonds, mut collateral, mut fees, mut questions) = (Sums::new(), Sums::new(), Sums::new(), Sums::new());
        let mut accounts = Vec::new();
        for (_, account, entry) in Roles::<T>::iter() {
            bonds.add(&account, entry.bond);
            accounts.push(account);
        }
        for (_, deal) in live {
            collateral.add(&deal.store, deal.collateral);
            accounts.push(deal.store.clone());
        }
        for (_, account, appeal) in Appeals::<T>::iter() {
            fees.add(&account, appeal.fee);
            accounts.push(account);
        }
        for question in Questions::<T>::iter_values() {
            questions.add(&question.questioner, question.bond);
            accounts.push(question.questioner);
        }
        for account in accounts {
            let held = |reason: HoldReason| T::Currency::balance_on_hold(&reason.into(), &account);
            ensure!(held(HoldReason::RoleBond) == bonds.of(&account), "held bond is not the sum of the role bonds");
            ensure!(
                held(HoldReason::DealCollateral) == collateral.of(&account),
                "held collateral is not the sum of the live deals' collateral"
            );
            ensure!(held(HoldReason::AppealFee) == fees.of(&account), "held fees are not those of pending appeals");
            ensure!(
                held(HoldReason::QuestionBond) == questions.of(&account),
                "held bonds of questions are not those of open questions"
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
            ensure!(deal.collateral <= deal.pledged, "a live deal has more collateral than was pledged");
            let replica = LiveDeals::<T>::get(&deal.store, id);
            let replica = replica.and_then(|account| Replicas::<T>::get(deal.request, account));
            ensure!(replica == Some(*id), "a live deal is not the replica of its Store or operator");
        }
        ensure!(LiveDeals::<T>::iter_keys().count() == live.len(), "a live deal of a Store has ended");
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

    fn questions_and_appeals_are_consistent() -> Check {
        for (id, question) in Questions::<T>::iter() {
            ensure!(id < NextQuestion::<T>::get(), "a question has a future number");
            ensure!(
                Self::is_due(AgendaItem::Question(id), question.deadline),
                "an open question is not in its slot of the agenda"
            );
            let asked = QuestionOf::<T>::get(question.epoch, question.verdict());
            ensure!(asked == Some(id), "an open question is not the one about its verdict");
        }
        for (role, account, appeal) in Appeals::<T>::iter() {
            ensure!(Roles::<T>::contains_key(role, &account), "an appeal belongs to no role");
            ensure!(
                matches!(Self::standing(role, &account), Standing::Suspended | Standing::Disqualified),
                "an appeal is pending for an account that is not suspended"
            );
            ensure!(
                Self::is_due(AgendaItem::Appeal(role, account), appeal.deadline),
                "a pending appeal is not in its slot of the agenda"
            );
        }
        for (role, account, operator) in OperatorClaims::<T>::iter() {
            let entry = Roles::<T>::get(role, &account);
            ensure!(entry.is_some_and(|entry| entry.operator.is_none()), "an operator is claimed without need");
            ensure!(account != operator, "an account claims to be its own operator");
        }
        Ok(())
    }

    /// Everything that is over will be forgotten, and nothing else.
    fn what_is_over_is_queued() -> Check {
        let (first, next) = EndedRange::<T>::get();
        let (mut deals, mut requests) = (Vec::new(), Vec::new());
        let mut oldest = None;
        for number in first..next {
            let (what, at) = Ended::<T>::get(number).ok_or("an entry of what is over is missing")?;
            ensure!(oldest.is_none_or(|oldest| oldest <= at), "what is over is out of order");
            oldest = Some(at);
            match what {
                Finished::Deal(id) => deals.push(id),
                Finished::Request(id) => requests.push(id),
            }
        }
        ensure!(Ended::<T>::iter_keys().count() as u64 == next - first, "an entry of what is over is left behind");
        let mut over: Vec<u64> =
            Deals::<T>::iter().filter(|(_, deal)| !deal.state.is_live()).map(|(id, _)| id).collect();
        over.sort_unstable();
        deals.sort_unstable();
        ensure!(over == deals, "the ended deals are not those that will be forgotten");
        let finished = Requests::<T>::iter().filter(|(_, request)| request.open == 0 && request.live == 0);
        let mut finished: Vec<u64> = finished.map(|(id, _)| id).collect();
        finished.sort_unstable();
        requests.sort_unstable();
        ensure!(finished == requests, "the finished requests are not those that will be forgotten");
        ensure!(Archives::<T>::iter_keys().all(Deals::<T>::contains_key), "an archive belongs to no deal");
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

    fn is_due(item: AgendaItemOf<T>, slot: BlockNumberFor<T>) -> bool {
        // An item in another slot than its own is a leftover, so this is its only place; twice there it would count twice.
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
