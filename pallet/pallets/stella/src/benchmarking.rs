//! Benchmarks of every call and of the parts of the hook, each at its worst. `pallet/scripts/benchmark.sh` writes
//! `weights.rs` from them.

mod world;

use crate::{
    agenda::{Probes, PROBES_MAX, PROBES_OF_ITEM},
    types::*,
    *,
};
use alloc::{vec, vec::Vec};
use codec::Encode;
use frame_benchmarking::v2::*;
use frame_support::{
    traits::{
        fungible::{Inspect, Mutate},
        EnsureOrigin, Get,
    },
    weights::WeightMeter,
    BoundedVec,
};
use frame_system::RawOrigin;
use sp_io::hashing::blake2_256;
use sp_runtime::{traits::Saturating, SaturatedConversion};
use world::*;

/// Hashes of the answers to five challenges in a tree of height 2 and of height 50.
const HASHES_MIN: u32 = 5 * 3;
const HASHES_MAX: u32 = 5 * 51;
/// What a multi-proof of the highest tree takes at least; near the root its paths join.
const MULTI_HASHES_MAX: u32 = 5 * 50;

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn register_role() {
        let who = rich::<T>("inspector", 0);
        let others = (1..32).map(|number| account("anchor", number, 0));
        Anchors::<T>::put(BoundedVec::truncate_from(others.chain([who.clone()]).collect::<Vec<_>>()));
        let operator = Some(account("operator", 0, 0));

        #[extrinsic_call]
        _(RawOrigin::Signed(who.clone()), Role::Inspector, longest_url(), operator);

        assert!(Roles::<T>::contains_key(Role::Inspector, &who));
    }

    #[benchmark]
    fn update_endpoint() {
        let store = open_store::<T>(0);
        let url = BoundedVec::truncate_from(vec![b'b'; 128]);

        #[extrinsic_call]
        _(RawOrigin::Signed(store.clone()), Role::Store, url.clone());

        assert_eq!(Roles::<T>::get(Role::Store, &store).map(|entry| entry.endpoint), Some(url));
    }

    #[benchmark]
    fn leave_role() {
        let store = open_store::<T>(0);

        #[extrinsic_call]
        _(RawOrigin::Signed(store.clone()), Role::Store);

        assert!(!Asks::<T>::contains_key(&store));
    }

    #[benchmark]
    fn withdraw_bond() {
        let who = rich::<T>("inspector", 0);
        register::<T>(Role::Inspector, &who);
        Pallet::<T>::leave_role(RawOrigin::Signed(who.clone()).into(), Role::Inspector).expect("it holds the role");
        frame_system::Pallet::<T>::set_block_number(T::UnbondingPeriod::get().saturating_mul(2u32.into()));

        #[extrinsic_call]
        _(RawOrigin::Signed(who.clone()), Role::Inspector);

        assert!(!Roles::<T>::contains_key(Role::Inspector, &who));
    }

    #[benchmark]
    fn top_up_credits() {
        let who = rich::<T>("client", 0);

        #[extrinsic_call]
        _(RawOrigin::Signed(who.clone()), 1 << 90);

        assert_eq!(Credits::<T>::get(&who).free, 1 << 90);
    }

    #[benchmark]
    fn withdraw_credits() {
        let who = client::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(who.clone()), 1 << 90);

        assert!(!Credits::<T>::contains_key(&who));
    }

    #[benchmark]
    fn publish_ask() {
        let store = open_store::<T>(0);

        #[extrinsic_call]
        _(RawOrigin::Signed(store.clone()), Ask { price: 1, ..usual_ask::<T>() });

        assert_eq!(Asks::<T>::get(&store).map(|ask| ask.price), Some(1));
    }

    #[benchmark]
    fn withdraw_ask() {
        let store = open_store::<T>(0);

        #[extrinsic_call]
        _(RawOrigin::Signed(store.clone()));

        assert!(!Asks::<T>::contains_key(&store));
    }

    #[benchmark]
    fn request_storage() {
        let client = client::<T>();
        fill_agenda::<T>(Pallet::<T>::now().saturating_add(T::RequestTtl::get()), PROBES_MAX);

        #[extrinsic_call]
        _(RawOrigin::Signed(client), longest_request(31, T::MaxReplicas::get()));

        assert_eq!(NextRequest::<T>::get(), 1);
    }

    #[benchmark]
    fn cancel_request() {
        let (client, request) = request::<T>(31);

        #[extrinsic_call]
        _(RawOrigin::Signed(client), request);

        assert_eq!(Requests::<T>::get(request).map(|request| request.state), Some(RequestState::Cancelled));
    }

    #[benchmark]
    fn accept_deal() {
        let (_, request) = request::<T>(31);
        let store = open_store::<T>(0);
        fill_agenda::<T>(Pallet::<T>::now().saturating_add(T::ActivationTimeout::get()), PROBES_MAX);

        #[extrinsic_call]
        _(RawOrigin::Signed(store), request, PRICE - 1);

        assert_eq!(NextDeal::<T>::get(), 1);
    }

    /// Without the exchange, which weighs itself: booking what it brought.
    #[benchmark]
    fn top_up_with_asset() {
        let who = rich::<T>("client", 0);
        let pot = Pallet::<T>::account_id();

        #[block]
        {
            let before = T::Currency::balance(&pot);
            let _ = T::Currency::mint_into(&pot, 1 << 90);
            Pallet::<T>::give(&who, T::Currency::balance(&pot) - before);
        }

        assert_eq!(Credits::<T>::get(&who).free, 1 << 90);
    }

    /// A false proof that ends the deal and reopens its replica; only the last answer is false.
    #[benchmark]
    fn submit_proof(h: Linear<HASHES_MIN, HASHES_MAX>) {
        let height = (h / 5 - 1) as u8;
        let (deal, id) = failing_deal::<T>(height);
        let mut proof = proof_now::<T>(height);
        proof.answers[4].leaf[0] = 1;
        fill_agenda::<T>(Pallet::<T>::now().saturating_add(T::RequestTtl::get()), PROBES_MAX);

        #[extrinsic_call]
        _(RawOrigin::Signed(deal.store), id, proof);

        assert_eq!(Deals::<T>::get(id).map(|deal| deal.state), Some(DealState::Terminated));
        assert_eq!(Requests::<T>::get(deal.request).map(|request| request.open), Some(1));
    }

    /// The same in the shorter form.
    #[benchmark]
    fn submit_multi_proof(h: Linear<HASHES_MIN, MULTI_HASHES_MAX>) {
        let height = (h / 5) as u8;
        let (deal, id) = failing_deal::<T>(height);
        let mut proof = multi_proof_now::<T>(id, height);
        proof.leaves[0][0] = 1;
        fill_agenda::<T>(Pallet::<T>::now().saturating_add(T::RequestTtl::get()), PROBES_MAX);

        #[extrinsic_call]
        _(RawOrigin::Signed(deal.store), id, proof);

        assert_eq!(Deals::<T>::get(id).map(|deal| deal.state), Some(DealState::Terminated));
        assert_eq!(Requests::<T>::get(deal.request).map(|request| request.open), Some(1));
    }

    /// The usual proof, true and paid.
    #[benchmark]
    fn paid_proof(h: Linear<HASHES_MIN, HASHES_MAX>) {
        let height = (h / 5 - 1) as u8;
        let (deal, id) = active_deal::<T>(height);
        let proof = proof_now::<T>(height);

        #[extrinsic_call]
        submit_proof(RawOrigin::Signed(deal.store), id, proof);

        assert_eq!(Deals::<T>::get(id).map(|deal| deal.paid_periods), Some(1));
    }

    #[benchmark]
    fn renew_deal() {
        let (deal, id) = active_deal::<T>(31);

        #[extrinsic_call]
        _(RawOrigin::Signed(deal.client), id, 5);

        assert_eq!(Deals::<T>::get(id).map(|deal| deal.periods), Some(PERIODS + 5));
    }

    #[benchmark]
    fn end_deal() {
        let (deal, id) = active_deal::<T>(31);

        #[extrinsic_call]
        _(RawOrigin::Signed(deal.client), id);

        assert_eq!(Deals::<T>::get(id).map(|deal| deal.state), Some(DealState::EndedEarly));
    }

    #[benchmark]
    fn record_archive() {
        let (deal, id) = active_deal::<T>(31);
        let archive = FilecoinDeal { deal_id: u64::MAX, provider: u64::MAX, proposal: longest_cid() };

        #[extrinsic_call]
        _(RawOrigin::Signed(deal.store), id, archive);

        assert!(Archives::<T>::contains_key(id));
    }

    #[benchmark]
    fn commit_verdicts() {
        let who = rich::<T>("inspector", 0);
        register::<T>(Role::Inspector, &who);
        go_to_half::<T>(1, 0);

        #[extrinsic_call]
        _(RawOrigin::Signed(who.clone()), 0, [1; 32]);

        assert!(Commits::<T>::contains_key(0, &who));
    }

    #[benchmark]
    fn reveal_verdicts(v: Linear<0, { T::MaxVerdicts::get() }>) {
        let who = rich::<T>("inspector", 0);
        register::<T>(Role::Inspector, &who);
        let outcome = Outcome::Ok { receipt: [1; 32] };
        let verdict = Verdict { role: Role::Store, subject: account("store", 0, 0), item: 0, outcome };
        let verdicts: VerdictsOf<T> = BoundedVec::truncate_from(vec![verdict; v as usize]);
        let salt = [2; 32];
        go_to_half::<T>(1, 0);
        let hash = blake2_256(&[verdicts.encode(), salt.to_vec()].concat());
        Pallet::<T>::commit_verdicts(RawOrigin::Signed(who.clone()).into(), 0, hash).expect("it is time");
        go_to_half::<T>(1, 1);

        #[extrinsic_call]
        _(RawOrigin::Signed(who.clone()), 0, salt, verdicts);

        assert!(Reveals::<T>::contains_key(0, &who));
    }

    /// The attestation that brings the quorum, and the changes besides.
    #[benchmark]
    fn attest_reputation(i: Linear<1, { T::MaxInspectors::get() }>, c: Linear<0, { T::MaxChanges::get() }>) {
        let inspectors: Vec<T::AccountId> = (0..i).map(|number| rich::<T>("inspector", number)).collect();
        let subjects: Vec<T::AccountId> = (0..c).map(|number| rich::<T>("fetch", number)).collect();
        inspectors.iter().for_each(|who| register::<T>(Role::Inspector, who));
        subjects.iter().for_each(|who| register::<T>(Role::Fetch, who));
        let change = |account| {
            let (role, standing) = (Role::Fetch, Standing::Suspended);
            ReputationChange { role, account, score: 1_000_000, standing, weight: 0 }
        };
        let entries = BoundedVec::truncate_from(subjects.into_iter().map(change).collect::<Vec<_>>());
        let changes = Changes { state: [1; 32], entries };
        let digest = blake2_256(&[changes.entries.encode(), changes.state.to_vec()].concat());
        for who in &inspectors {
            Attestations::<T>::insert(0, who, digest);
            Reputation::<T>::mutate(Role::Inspector, who, |entry| entry.as_mut().expect("registered").weight = 1);
        }
        Attestations::<T>::remove(0, &inspectors[0]);
        go_to_half::<T>(2, 1);

        #[extrinsic_call]
        _(RawOrigin::Signed(inspectors[0].clone()), 0, digest, Some(changes));

        assert_eq!(Adopted::<T>::get(0), Some(digest));
    }

    #[benchmark]
    fn set_anchors(a: Linear<0, 32>) -> Result<(), BenchmarkError> {
        let anchors: Vec<T::AccountId> = (0..a).map(|number| rich::<T>("anchor", number)).collect();
        let registered = anchors.iter().take(T::MaxInspectors::get() as usize);
        registered.for_each(|who| register::<T>(Role::Inspector, who));
        let origin = T::AdminOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, BoundedVec::truncate_from(anchors));

        assert_eq!(Anchors::<T>::get().len(), a as usize);
        Ok(())
    }

    #[benchmark]
    fn disqualify() -> Result<(), BenchmarkError> {
        let store = open_store::<T>(0);
        let origin = T::AdminOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, Role::Store, store.clone(), BoundedVec::truncate_from(vec![b'a'; 128]));

        assert_eq!(Pallet::<T>::standing(Role::Store, &store), Standing::Disqualified);
        Ok(())
    }

    #[benchmark]
    fn appeal() {
        let store = open_store::<T>(0);
        let suspended = ReputationEntry { score: 1, standing: Standing::Suspended, weight: 0, epoch: 0 };
        Reputation::<T>::insert(Role::Store, &store, suspended);
        let ends = T::EpochLength::get().saturating_mul(T::AppealPeriods::get().into());
        fill_agenda::<T>(Pallet::<T>::now().saturating_add(ends), PROBES_MAX);

        #[extrinsic_call]
        _(RawOrigin::Signed(store.clone()), Role::Store);

        assert!(Appeals::<T>::contains_key(Role::Store, &store));
    }

    /// The last of the Inspector's verdicts.
    #[benchmark]
    fn question_verdict(v: Linear<1, { T::MaxVerdicts::get() }>) {
        let questioner = rich::<T>("questioner", 0);
        let (inspector, subject): (T::AccountId, T::AccountId) = (account("inspector", 0, 0), account("store", 0, 0));
        let other = |item| {
            let outcome = Outcome::Ok { receipt: [1; 32] };
            Verdict { role: Role::Fetch, subject: subject.clone(), item, outcome }
        };
        let mut verdicts: Vec<_> = (0..v).map(|_| other(0)).collect();
        verdicts[v as usize - 1] = other(1);
        Reveals::<T>::insert(0, &inspector, BoundedVec::truncate_from(verdicts));
        go_to_half::<T>(1, 1);
        let wanted = Pallet::<T>::now().saturating_add(T::AnswerWindow::get());
        // A short epoch ends the search before its time.
        let room: u32 = Pallet::<T>::attestation_opens(0).saturating_sub(wanted).saturated_into();
        fill_agenda::<T>(wanted, PROBES_MAX.min(room + 1));

        #[extrinsic_call]
        _(RawOrigin::Signed(questioner), 0, inspector, Role::Fetch, subject, 1);

        assert!(Questions::<T>::contains_key(0));
    }

    #[benchmark]
    fn answer_question(h: Linear<2, 50>) {
        let (deal, id) = accepted_deal::<T>(h as u8);
        let (inspector, questioner) = (rich::<T>("inspector", 0), rich::<T>("questioner", 0));
        let (bond, proof) = (T::QuestionBond::get(), answer_of_zeros(h as u8));
        Pallet::<T>::hold(HoldReason::QuestionBond, &questioner, bond).expect("the questioner is rich");
        Epochs::<T>::insert(0, EpochInfo { seed: [1; 32], first_block: Pallet::<T>::now() });
        let question = Question {
            epoch: 0,
            inspector: inspector.clone(),
            role: Role::Store,
            subject: deal.store,
            item: 0,
            receipt: receipts::digest(&proof),
            questioner,
            bond,
            deadline: Pallet::<T>::now().saturating_add(9u32.into()),
        };
        Questions::<T>::insert(0, question);

        #[extrinsic_call]
        _(RawOrigin::Signed(inspector), 0, Receipt { deal: id, proof });

        assert!(!Questions::<T>::contains_key(0));
    }

    #[benchmark]
    fn confirm_operator() {
        let (store, operator) = (rich::<T>("store", 0), rich::<T>("operator", 0));
        let origin = RawOrigin::Signed(store.clone()).into();
        Pallet::<T>::register_role(origin, Role::Store, longest_url(), Some(operator.clone())).expect("it is rich");

        #[extrinsic_call]
        _(RawOrigin::Signed(operator), Role::Store, store.clone());

        assert!(!OperatorClaims::<T>::contains_key(Role::Store, &store));
    }

    /// The first block of an epoch that pushes an old one out.
    #[benchmark]
    fn tick() {
        (0..9).for_each(|epoch| go_to_half::<T>(epoch, 0));
        let block = T::EpochLength::get().saturating_mul(9u32.into());
        frame_system::Pallet::<T>::set_block_number(block);

        #[block]
        {
            Pallet::<T>::sample_seed(block);
            Pallet::<T>::start_epoch(block);
        }

        assert_eq!(CurrentEpoch::<T>::get(), 9);
    }

    #[benchmark]
    fn agenda_slot(i: Linear<0, { T::MaxAgenda::get() }>) {
        let slot = Pallet::<T>::now();
        Agenda::<T>::insert(slot, BoundedVec::truncate_from(vec![AgendaItem::Deal(7); i as usize]));
        AgendaCursor::<T>::put(slot);

        #[block]
        {
            let _ = AgendaCursor::<T>::get();
            let items = Agenda::<T>::take(slot);
            Agenda::<T>::insert(slot, items);
            AgendaCursor::<T>::put(slot);
        }

        assert_eq!(Agenda::<T>::get(slot).len(), i as usize);
    }

    /// A deal that ends by faults and whose replica is offered again.
    #[benchmark]
    fn agenda_item() -> Result<(), BenchmarkError> {
        let (deal, id) = failing_deal::<T>(31);
        frame_system::Pallet::<T>::set_block_number(deal.deadline);
        fill_agenda::<T>(Pallet::<T>::now().saturating_add(T::RequestTtl::get()), PROBES_OF_ITEM);

        #[block]
        {
            Pallet::<T>::deal_due(id, deal.deadline, &mut Probes::of_call())?;
        }

        assert_eq!(Deals::<T>::get(id).map(|deal| deal.state), Some(DealState::Terminated));
        assert_eq!(Requests::<T>::get(deal.request).map(|request| request.open), Some(1));
        Ok(())
    }

    #[benchmark]
    fn agenda_probe() {
        let slot = Pallet::<T>::now();
        fill_agenda::<T>(slot, 2);
        let taken;

        #[block]
        {
            taken = Agenda::<T>::decode_len(slot);
        }

        assert_eq!(taken, Some(T::MaxAgenda::get() as usize));
    }

    #[benchmark]
    fn prune_item() {
        let who: T::AccountId = account("inspector", 0, 0);
        let verdict = Verdict { role: Role::Store, subject: who.clone(), item: 0, outcome: Outcome::WrongBytes };
        let longest: VerdictsOf<T> = BoundedVec::truncate_from(vec![verdict; T::MaxVerdicts::get() as usize]);
        Reveals::<T>::insert(0, &who, longest);

        #[block]
        {
            if let Some(key) = Reveals::<T>::iter_key_prefix(0).next() {
                Reveals::<T>::remove(0, key);
            }
        }

        assert!(!Reveals::<T>::contains_key(0, &who));
    }

    #[benchmark]
    fn forget_item() {
        let (_, id) = accepted_deal::<T>(31);
        let proposal = longest_cid();
        let record = ArchiveRecord { deal_id: 1, provider: 1, proposal, recorded_at: Pallet::<T>::now() };
        Archives::<T>::insert(id, record);
        Pallet::<T>::ended(Finished::Deal(id));
        frame_system::Pallet::<T>::set_block_number(T::RetentionPeriod::get().saturating_mul(2u32.into()));

        #[block]
        {
            Pallet::<T>::forget(&mut WeightMeter::new());
        }

        assert!(!Deals::<T>::contains_key(id));
    }

    #[benchmark]
    fn endow_pallet_account() {
        T::Currency::set_balance(&Pallet::<T>::account_id(), 0);

        #[block]
        {
            Pallet::<T>::endow_pallet_account();
        }

        assert_eq!(T::Currency::balance(&Pallet::<T>::account_id()), T::Currency::minimum_balance());
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::genesis(), crate::mock::Test);
}
