//! Every cap used to the full at once: the call or hook works, and weighs no more than its share of a block.

use super::scene::doubt_of;
use crate::{commp, mock::*, types::*, *};
use codec::Encode;
use frame_support::{
    assert_ok,
    dispatch::{DispatchClass, GetDispatchInfo},
    traits::Hooks,
    weights::{constants::WEIGHT_REF_TIME_PER_SECOND, Weight},
};
use frame_system::limits::BlockWeights;
use sp_runtime::Perbill;

type Weights = <Test as Config>::WeightInfo;

/// A block of two seconds, of which calls have three quarters and the hooks the rest.
fn block() -> BlockWeights {
    let two_seconds = Weight::from_parts(2 * WEIGHT_REF_TIME_PER_SECOND, u64::MAX);
    BlockWeights::with_sensible_defaults(two_seconds, Perbill::from_percent(75))
}

/// What deadlines may weigh in such a block: a quarter of it.
fn hook_share() -> Weight {
    Weight::from_parts(WEIGHT_REF_TIME_PER_SECOND / 2, u64::MAX)
}

fn assert_fits(call: Call<Test>) {
    let limit = block().get(DispatchClass::Normal).max_extrinsic.unwrap();
    let weight = call.get_dispatch_info().call_weight;
    assert!(weight.all_lte(limit), "{weight} of {limit}");
}

/// The caps of the runtime in place of those of most tests.
fn full_caps() {
    MaxVerdicts::set(1024);
    MaxChanges::set(512);
    MaxInspectors::set(256);
    MaxAgenda::set(200);
    HookWeight::set(hook_share());
}

/// Accounts beyond those of most tests, each with the usual wealth.
fn people(first: AccountId, count: u64) -> impl Iterator<Item = AccountId> {
    (first..first + count).inspect(|account| {
        Balances::force_set_balance(RuntimeOrigin::root(), *account, WEALTH).expect("root may do that");
    })
}

#[test]
fn every_call_fits_a_block_with_the_largest_arguments() {
    full_caps();
    let answer = ProofAnswer { leaf: [0; 32], path: vec![[0; 32]; 50].try_into().unwrap() };
    let receipt = Receipt { deal: 0, proof: answer.clone() };
    let proof = PossessionProof { seed: [0; 32], answers: vec![answer; 5].try_into().unwrap() };
    let (leaves, nodes) = (vec![[0; 32]; 5].try_into().unwrap(), vec![[0; 32]; 250].try_into().unwrap());
    let inspectors: AnchorsOf<Test> = (0..32).collect::<Vec<_>>().try_into().unwrap();
    let verdict = Verdict { role: Role::Store, subject: 1, item: 0, outcome: Outcome::Ok { receipt: [0; 32] } };
    let verdicts = vec![verdict; 1024].try_into().unwrap();
    let (reason, account, role) = (vec![b'x'; 128].try_into().unwrap(), 1, Role::Store);
    let archive = FilecoinDeal { deal_id: 0, provider: 0, proposal: vec![0; 64].try_into().unwrap() };
    let calls = [
        Call::register_role { role, endpoint: endpoint(), operator: Some(1) },
        Call::withdraw_bond { role },
        Call::top_up_with_asset { asset: FIL, amount: 1, credits_min: 0 },
        Call::request_storage { request: storage_request() },
        Call::accept_deal { request: 0, price: 0 },
        Call::submit_proof { deal: 0, proof },
        Call::submit_multi_proof { deal: 0, proof: MultiProof { seed: [0; 32], leaves, nodes } },
        Call::renew_deal { deal: 0, periods: 1 },
        Call::end_deal { deal: 0 },
        Call::reveal_verdicts { epoch: 0, salt: [0; 32], verdicts },
        Call::attest_reputation { epoch: 0, digest: [0; 32], changes: None },
        Call::record_archive { deal: 0, archive },
        Call::set_anchors { inspectors },
        Call::disqualify { role, account, reason },
        Call::appeal { role },
        Call::question_verdict { epoch: 0, inspector: 1, role, subject: 1, item: 0 },
        Call::answer_question { question: 0, receipt },
        Call::confirm_operator { role, account },
    ];
    calls.into_iter().for_each(assert_fits);
}

#[test]
fn the_fullest_slot_of_dying_deals_and_unanswered_questions_fits_its_share() {
    chain(|| {
        full_caps();
        Stella::check_constants();
        open_store(STORE);
        assert_ok!(Stella::top_up_credits(signed(CLIENT), WEALTH / 2));
        for id in 0..150 {
            assert_ok!(Stella::request_storage(signed(CLIENT), storage_request()));
            assert_ok!(Stella::accept_deal(signed(STORE), id, PRICE));
        }
        run_to(6);
        (0..150).for_each(|id| prove(id).unwrap());
        let end = 6 + 3 * PERIOD;
        let inspector = 30;
        register(Role::Inspector, inspector);
        let forged =
            |item| Verdict { role: Role::Store, subject: STORE, item, outcome: Outcome::Ok { receipt: [9; 32] } };
        let verdicts: VerdictsOf<Test> = (0..50).map(forged).collect::<Vec<_>>().try_into().unwrap();
        run_to(4 * EPOCH);
        let hash = sp_io::hashing::blake2_256(&[verdicts.encode(), vec![0; 32]].concat());
        assert_ok!(Stella::commit_verdicts(signed(inspector), 3, hash));
        run_to(end - ANSWER);
        assert_ok!(Stella::reveal_verdicts(signed(inspector), 3, [0; 32], verdicts));
        (0..50).for_each(|item| doubt_of(3, inspector, STORE, item).unwrap());
        assert_eq!(Stella::slot_len(end), 200);
        assert!(Deals::<Test>::iter_values().all(|deal| deal.faults_in_row == 2 && deal.deadline == end));

        run_to(end - 1);
        System::set_block_number(end);
        let weight = Stella::on_initialize(end);

        let ended = Deals::<Test>::iter_values().filter(|deal| deal.state == DealState::Terminated).count();
        assert_eq!((ended, Voided::<Test>::iter().count()), (150, 50));
        assert!(weight.all_lte(hook_share().saturating_add(Weights::tick())), "{weight}");
        assert_eq!(AgendaCursor::<Test>::get(), Some(end + 1), "nothing waits for the next block");
    });
}

#[test]
fn a_request_of_the_most_replicas_is_taken_proven_and_paid() {
    chain(|| {
        let id = request(StorageRequest { replicas: 16, ..storage_request() });
        for store in people(100, 16) {
            open_store(store);
            assert_ok!(Stella::accept_deal(signed(store), id, PRICE));
        }
        assert_eq!(Requests::<Test>::get(id).unwrap().state, RequestState::Filled);
        run_to(2);
        (0..16).for_each(|deal| prove(deal).unwrap());
        run_to(window_start(0));

        (0..16).for_each(|deal| prove(deal).unwrap());

        assert!(Deals::<Test>::iter_values().all(|deal| deal.paid_periods == 1));
    });
}

#[test]
fn a_proof_over_the_highest_tree_is_accepted_in_both_encodings() {
    chain(|| {
        // All leaves are alike, so that one path fits every challenge.
        let mut levels = vec![[7u8; 32]];
        (0..50).for_each(|level| levels.push(commp::node(&levels[level], &levels[level])));
        let piece = Piece { root: levels[50], height: 50, padding: 0 };
        open_store(STORE);
        request(StorageRequest { piece: piece.clone(), price_max: 0, ..storage_request() });
        assert_ok!(Stella::accept_deal(signed(STORE), 0, 0));
        run_to(2);
        let answer = ProofAnswer { leaf: levels[0], path: levels[..50].to_vec().try_into().unwrap() };
        let answers = vec![answer; 5].try_into().unwrap();
        assert_ok!(Stella::submit_proof(signed(STORE), 0, PossessionProof { seed: seed(0), answers }));
        run_to(window_start(0));

        let seed = seed(0);
        let mut known: Vec<u64> = (0..5).map(|index| commp::challenged_leaf(&seed, 0, index, 1 << 50)).collect();
        known.sort_unstable();
        known.dedup();
        let leaves = vec![levels[0]; known.len()].try_into().unwrap();
        let mut nodes = Vec::new();
        for level in &levels[..50] {
            let unknown = known.iter().filter(|index| !known.contains(&(*index ^ 1))).count();
            nodes.extend(vec![*level; unknown]);
            known = known.iter().map(|index| index / 2).collect();
            known.dedup();
        }
        assert!(nodes.len() > 220, "{}: the challenges are far apart", nodes.len());
        let proof = MultiProof { seed, leaves, nodes: nodes.try_into().unwrap() };
        assert_ok!(Stella::submit_multi_proof(signed(STORE), 0, proof));

        assert_eq!(deal(0).paid_periods, 1);
    });
}

#[test]
fn the_longest_batch_of_verdicts_is_revealed_and_its_last_one_doubted() {
    chain(|| {
        full_caps();
        register(Role::Inspector, 30);
        let verdicts: VerdictsOf<Test> = (0..1024u64)
            .map(|at| Verdict {
                role: Role::Store,
                subject: at / 4,
                item: (at % 4) as u8,
                outcome: Outcome::Ok { receipt: [9; 32] },
            })
            .collect::<Vec<_>>()
            .try_into()
            .unwrap();
        run_to(EPOCH);
        let hash = sp_io::hashing::blake2_256(&[verdicts.encode(), vec![0; 32]].concat());
        assert_ok!(Stella::commit_verdicts(signed(30), 0, hash));
        run_to(EPOCH + EPOCH / 2);

        assert_ok!(Stella::reveal_verdicts(signed(30), 0, [0; 32], verdicts));

        assert_ok!(doubt_of(0, 30, 255, 3));
    });
}

#[test]
fn as_many_inspectors_as_there_can_be_adopt_as_many_changes() {
    chain(|| {
        full_caps();
        let inspectors: Vec<_> = people(1_000, 256).collect();
        let stores: Vec<_> = people(2_000, 512).collect();
        inspectors.iter().for_each(|account| register(Role::Inspector, *account));
        stores.iter().for_each(|account| register(Role::Store, *account));
        let (weight, epoch) = (1_000_000, 0);
        for account in &inspectors {
            let entry = ReputationEntry { score: weight, standing: Standing::Trusted, weight, epoch };
            Reputation::<Test>::insert(Role::Inspector, account, entry);
        }
        for account in &stores {
            let entry = ReputationEntry { score: 0, standing: Standing::Suspended, weight: 0, epoch };
            Reputation::<Test>::insert(Role::Store, account, entry);
            assert_ok!(Stella::appeal(signed(*account), Role::Store));
        }
        let entry = |account| {
            let (role, standing) = (Role::Store, Standing::Probation);
            ReputationChange { role, account, score: 1_000_000, standing, weight: 0 }
        };
        let changes: ChangesOf<Test> =
            Changes { state: [0; 32], entries: stores.into_iter().map(entry).collect::<Vec<_>>().try_into().unwrap() };
        let digest = sp_io::hashing::blake2_256(&[changes.entries.encode(), changes.state.to_vec()].concat());
        run_to(2 * EPOCH + EPOCH / 2);

        let limit = Weights::attest_reputation(256, 512);
        let mut changes = Some(changes);
        for account in inspectors {
            let info = Stella::attest_reputation(signed(account), 0, digest, changes.take()).unwrap();
            assert!(info.actual_weight.unwrap().all_lte(limit));
        }

        assert_eq!(Adopted::<Test>::get(0), Some(digest));
        assert_eq!(Appeals::<Test>::iter().count(), 0, "every appeal is won by it");
        assert_eq!(Stella::standing(Role::Store, &2_511), Standing::Probation);
    });
}
