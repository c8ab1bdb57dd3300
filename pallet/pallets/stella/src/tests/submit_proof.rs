use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn refused(id: u64, proof: PossessionProof, error: Error<Test>) {
    assert_noop!(Stella::submit_proof(signed(STORE), id, proof), error);
}

#[test]
fn the_first_proof_starts_the_periods_and_is_not_paid() {
    chain(|| {
        let id = accepted_deal();
        run_to(5);

        assert_ok!(prove(id));

        let stored = deal(id);
        assert_eq!((stored.state, stored.activated_at, stored.deadline), (DealState::Active, Some(5), 5 + PERIOD));
        assert_eq!((stored.period, stored.proven, stored.paid_periods), (0, false, 0));
        assert!(heard(Event::DealActivated { deal: id, at: 5 }));
        assert_eq!(HardRecords::<Test>::get(0, STORE), Some(HardEvidence::Ok));
    });
}

#[test]
fn a_proof_pays_its_period() {
    chain(|| {
        let id = active_deal();
        run_to(window_start(id));
        let before = Balances::free_balance(STORE);

        assert_ok!(prove(id));

        assert_eq!(Balances::free_balance(STORE), before + PERIOD_PRICE);
        assert_eq!(credits(CLIENT).1, 2 * PERIOD_PRICE);
        let stored = deal(id);
        assert_eq!((stored.proven, stored.paid_periods), (true, 1));
        assert!(heard(Event::ProofAccepted { deal: id, store: STORE, period: 0, paid: PERIOD_PRICE }));
    });
}

#[test]
fn a_deal_proven_to_its_end_is_completed() {
    chain(|| {
        let id = active_deal();
        for _ in 0..3 {
            run_to(window_start(id) + 3);
            assert_ok!(prove(id));
            run_to(deal(id).deadline);
        }

        let stored = deal(id);
        assert_eq!((stored.state, stored.period, stored.paid_periods), (DealState::Completed, 3, 3));
        assert_eq!(held(HoldReason::DealCollateral, STORE), 0);
        assert!(heard(Event::DealEnded {
            deal: id,
            store: STORE,
            outcome: DealState::Completed,
            collateral_returned: 3 * PERIOD_PRICE,
            credits_returned: 0
        }));
        assert!(heard(Event::RequestDone { request: 0 }));
        assert_eq!(Roles::<Test>::get(Role::Store, STORE).unwrap().live_deals, 0);
    });
}

#[test]
fn a_store_whose_account_is_gone_is_paid_in_credits() {
    chain(|| {
        assert_ok!(Stella::top_up_credits(signed(CLIENT), 100));
        assert_ok!(Stella::reserve(&CLIENT, 5));
        let gone = 99;

        Stella::pay_reserved(&CLIENT, &gone, 5);

        assert_eq!(credits(gone), (5, 0));
        Stella::unreserve(&CLIENT, 0);
    });
}

#[test]
fn refuses_unknown_deals_other_stores_and_ended_deals() {
    chain(|| {
        let id = active_deal();
        let proof = Tree::usual().proof(seed(id), id);
        refused(id + 1, proof.clone(), Error::NoSuchDeal);
        assert_noop!(Stella::submit_proof(signed(OTHER), id, proof.clone()), Error::<Test>::NotTheStore);
        assert_noop!(Stella::submit_proof(signed(CLIENT), id, proof.clone()), Error::<Test>::NotTheStore);
        assert_noop!(Stella::submit_proof(RuntimeOrigin::none(), id, proof.clone()), DispatchError::BadOrigin);
        run_to(200);
        assert_eq!(deal(id).state, DealState::Terminated);
        refused(id, proof, Error::DealOver);
    });
}

#[test]
fn refuses_a_first_proof_before_its_seed_is_known() {
    chain(|| {
        let id = accepted_deal();
        let guess = Tree::usual().proof([0; 32], id);

        refused(id, guess, Error::OutsideWindow);
    });
}

#[test]
fn refuses_a_proof_before_the_window() {
    chain(|| {
        let id = active_deal();
        run_to(window_start(id) - 1);

        refused(id, Tree::usual().proof(seed(id), id), Error::OutsideWindow);
    });
}

#[test]
fn a_proof_in_the_last_block_of_the_window_is_in_time() {
    chain(|| {
        let id = active_deal();
        run_to(deal(id).deadline - 1);

        assert_ok!(prove(id));
    });
}

#[test]
fn a_late_proof_is_refused_and_the_fault_stays() {
    chain(|| {
        let id = active_deal();
        run_to(window_start(id));
        let proof = Tree::usual().proof(seed(id), id);
        run_to(deal(id).deadline);

        refused(id, proof, Error::OutsideWindow);
        assert_eq!(deal(id).faults, 1);
    });
}

#[test]
fn a_second_proof_of_a_period_is_refused_and_not_paid() {
    chain(|| {
        let id = active_deal();
        run_to(window_start(id));
        assert_ok!(prove(id));

        refused(id, Tree::usual().proof(seed(id), id), Error::AlreadyProven);
    });
}

#[test]
fn a_proof_replayed_in_the_next_period_is_stale() {
    chain(|| {
        let id = active_deal();
        run_to(window_start(id));
        let proof = Tree::usual().proof(seed(id), id);
        assert_ok!(prove(id));
        run_to(deal(id).deadline);
        run_to(window_start(id));

        refused(id, proof, Error::StaleSeed);
    });
}

#[test]
fn a_proof_of_another_deal_over_the_same_piece_is_a_false_one() {
    chain(|| {
        open_store(OTHER);
        let id = active_deal();
        run_to(window_start(id));
        let copied = Tree::usual().proof(seed(id), id + 1);

        assert_ok!(Stella::submit_proof(signed(STORE), id, copied));

        assert!(heard(Event::ProofRejected { deal: id, store: STORE, period: 0 }));
    });
}

#[test]
fn a_proof_for_another_seed_costs_nothing() {
    chain(|| {
        let id = active_deal();
        run_to(window_start(id));

        refused(id, Tree::usual().proof([7; 32], id), Error::StaleSeed);
        assert_eq!(deal(id).faults, 0);
    });
}

#[test]
fn malformed_proofs_cost_nothing() {
    chain(|| {
        let id = active_deal();
        run_to(window_start(id));
        let right = Tree::usual().proof(seed(id), id);

        let mut none = right.clone();
        none.answers.clear();
        let mut too_few = right.clone();
        too_few.answers.pop();
        let mut short = right.clone();
        short.answers[0].path.pop();
        let mut long = right.clone();
        long.answers[3].path.try_push([0; 32]).unwrap();
        let mut empty = right.clone();
        empty.answers[4].path.clear();

        for proof in [none, too_few, short, long, empty] {
            refused(id, proof, Error::MalformedProof);
        }
        assert_ok!(Stella::submit_proof(signed(STORE), id, right));
    });
}

#[test]
fn a_false_proof_closes_the_period_as_a_fault_at_once() {
    chain(|| {
        let id = active_deal();
        run_to(window_start(id));
        let end = deal(id).deadline;

        assert_ok!(prove_falsely(id));

        let stored = deal(id);
        assert_eq!((stored.period, stored.faults, stored.deadline), (1, 1, end + PERIOD));
        assert!(heard(Event::ProofRejected { deal: id, store: STORE, period: 0 }));
        assert_eq!(HardRecords::<Test>::get(1, STORE), Some(HardEvidence::Invalid));
        run_to(end);
        assert_eq!(deal(id).faults, 1, "the period is not punished twice");
    });
}

#[test]
fn a_right_proof_after_a_false_one_is_too_late() {
    chain(|| {
        let id = active_deal();
        run_to(window_start(id));
        let right = Tree::usual().proof(seed(id), id);
        assert_ok!(prove_falsely(id));

        refused(id, right, Error::OutsideWindow);
    });
}

#[test]
fn a_false_first_proof_lapses_the_deal() {
    chain(|| {
        let id = accepted_deal();
        run_to(2);

        assert_ok!(prove_falsely(id));

        assert_eq!(deal(id).state, DealState::Lapsed);
        assert_eq!(HardRecords::<Test>::get(0, STORE), Some(HardEvidence::Invalid));
        assert!(heard(Event::ReplicaReopened { request: 0, deal: id }));
    });
}

#[test]
fn each_leaf_of_the_proof_counts() {
    chain(|| {
        for wrong in 0..5 {
            let id = if wrong == 0 { active_deal() } else { 0 };
            if !deal(id).state.is_live() {
                break;
            }
            run_to(window_start(id));
            let mut proof = Tree::usual().proof(seed(id), id);
            proof.answers[wrong].path[3][31] ^= 1;
            let faults = deal(id).faults;

            assert_ok!(Stella::submit_proof(signed(STORE), id, proof));

            assert_eq!(deal(id).faults, faults + 1);
        }
    });
}

#[test]
fn proves_the_highest_piece_at_the_weight_of_its_path() {
    chain(|| {
        // Only the first of 2^50 leaves holds data, so each challenge asks for it and the siblings are empty trees.
        let mut path = vec![[0; 32]];
        while path.len() < 50 {
            let below = path[path.len() - 1];
            path.push(commp::node(&below, &below));
        }
        let leaf = [9; 32];
        let root = path.iter().fold(leaf, |below, sibling| commp::node(&below, sibling));
        let mut piece = Piece { root, height: 50, padding: 0 };
        piece.padding = piece.raw_capacity() - 1;
        assert_eq!(piece.leaf_count(), 1);
        open_store(STORE);
        assert_ok!(Stella::top_up_credits(signed(CLIENT), 1 << 25));
        request(StorageRequest { piece, price_max: 1, periods: 1, ..storage_request() });
        assert_ok!(Stella::accept_deal(signed(STORE), 0, 1));
        run_to(2);
        let answer = ProofAnswer { leaf, path: path.try_into().unwrap() };
        let answers = vec![answer; 5].try_into().unwrap();
        let proof = PossessionProof { seed: seed(0), answers };

        assert_eq!(crate::proofs::hashes(&proof), 5 * 51);
        assert_ok!(Stella::submit_proof(signed(STORE), 0, proof));
        assert_eq!(deal(0).state, DealState::Active);
    });
}

#[test]
fn a_paid_proof_costs_less_than_one_with_consequences() {
    chain(|| {
        let id = active_deal();
        let weight = |proof| Stella::submit_proof(signed(STORE), id, proof).unwrap().actual_weight;
        let full = <Test as Config>::WeightInfo::submit_proof(25);
        run_to(window_start(id));
        let end = deal(id).deadline;
        let paid = weight(Tree::usual().proof(seed(id), id)).expect("it is less than announced");
        run_to(end);
        run_to(window_start(id));
        let mut damaged = Tree::usual().proof(seed(id), id);
        damaged.answers[0].leaf[0] ^= 1;

        assert_eq!(weight(damaged), None, "a fault is as heavy as announced");

        assert!(paid.ref_time() * 2 < full.ref_time(), "{paid} of {full}");
    });
}
