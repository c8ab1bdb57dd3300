//! Thousands of random calls, sensible and hostile, with every invariant checked between them.

use crate::{mock::*, types::*, *};
use codec::Encode;

/// A small generator with a seed: the same run for the same seed, everywhere.
struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn account(&mut self) -> AccountId {
        1 + self.roll(12)
    }

    fn role(&mut self) -> Role {
        [Role::Store, Role::Fetch, Role::Inspector][self.roll(3) as usize]
    }
}

fn proof(dice: &mut Dice, id: u64) -> PossessionProof {
    let seed = if Deals::<Test>::contains_key(id) { seed(id) } else { [0; 32] };
    let mut proof = Tree::usual().proof(seed, id);
    match dice.roll(12) {
        0 => proof.answers[dice.roll(5) as usize].leaf[0] ^= 1,
        1 => proof.seed[0] ^= 1,
        2 => drop(proof.answers.pop()),
        _ => (),
    }
    proof
}

fn attestation(dice: &mut Dice) -> ([u8; 32], ChangesOf<Test>) {
    let standing = [Standing::Probation, Standing::Trusted, Standing::Suspended][dice.roll(3) as usize];
    let role = dice.role();
    let weight = if role == Role::Inspector { 1_000_000 } else { 0 };
    let entry = ReputationChange { role, account: dice.account(), score: 1, standing, weight };
    let changes = Changes { state: [0; 32], entries: vec![entry].try_into().unwrap() };
    (sp_io::hashing::blake2_256(&[changes.entries.encode(), changes.state.to_vec()].concat()), changes)
}

/// Verdicts of every Inspector about the first Stores: served, or not.
fn verdicts(served: bool) -> VerdictsOf<Test> {
    let outcome = if served { Outcome::Ok { receipt: [1; 32] } } else { Outcome::Refused };
    let about = |subject| Verdict { role: Role::Store, subject, item: 0, outcome: outcome.clone() };
    (1..=3).map(about).collect::<Vec<_>>().try_into().unwrap()
}

fn commit(served: bool) -> [u8; 32] {
    sp_io::hashing::blake2_256(&[verdicts(served).encode(), vec![0; 32]].concat())
}

fn client(deal: u64) -> AccountId {
    Deals::<Test>::get(deal).map_or(CLIENT, |deal| deal.client)
}

/// One call of the dice; whether it succeeded.
fn step(dice: &mut Dice) -> bool {
    let who = signed(dice.account());
    let now = System::block_number();
    let epoch = (now / EPOCH) as u32;
    let requests = NextRequest::<Test>::get() + 1;
    let deals = NextDeal::<Test>::get() + 1;
    match dice.roll(26) {
        0 => Stella::register_role(who, dice.role(), endpoint(), (dice.roll(3) == 0).then_some(7)),
        1 if dice.roll(8) == 0 => Stella::leave_role(who, dice.role()),
        1 => Stella::withdraw_bond(who, dice.role()),
        2 => Stella::top_up_credits(who, dice.roll(100_000).into()),
        3 => Stella::withdraw_credits(who, dice.roll(20_000).into()),
        4 => Stella::publish_ask(who, Ask { price: dice.roll(2 << 30).into(), expires_at: now + 300, ..ask() }),
        5 if dice.roll(6) == 0 => Stella::withdraw_ask(who),
        5 | 6 => {
            let (replicas, periods) = (dice.roll(5) as u8, dice.roll(8) as u32);
            let price_max = dice.roll(2 << 30).into();
            Stella::request_storage(who, StorageRequest { replicas, periods, price_max, ..storage_request() })
        },
        7 => Stella::cancel_request(who, dice.roll(requests)),
        8..=11 => Stella::accept_deal(who, dice.roll(requests), dice.roll(1 << 30).into()),
        12..=16 => {
            let id = dice.roll(deals);
            let store = Deals::<Test>::get(id).map_or(STORE, |deal| deal.store);
            plain(Stella::submit_proof(signed(store), id, proof(dice, id)))
        },
        17 => Stella::commit_verdicts(who, epoch.saturating_sub(1), commit(dice.roll(2) == 0)),
        20 => {
            let verdicts = verdicts(dice.roll(2) == 0);
            Stella::reveal_verdicts(who, epoch.saturating_sub(1), [0; 32], verdicts)
        },
        21 => {
            let (asked, inspector) = (epoch.saturating_sub(dice.roll(2) as u32 + 1), dice.account());
            let subject = 1 + dice.roll(3);
            plain(Stella::question_verdict(who, asked, inspector, Role::Store, subject, 0))
        },
        22 => match dice.roll(4) {
            0 => Stella::end_deal(signed(client(dice.roll(deals))), dice.roll(deals)),
            1 => Stella::appeal(who, dice.role()),
            2 => Stella::confirm_operator(signed(7), dice.role(), dice.account()),
            _ => Stella::top_up_with_asset(who, FIL, dice.roll(1_000).into(), 0),
        },
        23 => {
            let id = dice.roll(deals);
            Stella::renew_deal(signed(client(id)), id, dice.roll(3) as u32)
        },
        24 if dice.roll(12) == 0 => {
            let reason = b"at random".to_vec().try_into().unwrap();
            Stella::disqualify(RuntimeOrigin::root(), dice.role(), dice.account(), reason)
        },
        24 => {
            let id = dice.roll(deals);
            let (seed, store) = Deals::<Test>::get(id).map_or(([0; 32], STORE), |deal| (seed(id), deal.store));
            plain(Stella::submit_multi_proof(signed(store), id, Tree::usual().multi_proof(seed, id)))
        },
        18 => {
            let (digest, changes) = attestation(dice);
            plain(Stella::attest_reputation(who, epoch.saturating_sub(2), digest, Some(changes)))
        },
        _ => {
            run_to(now + 1 + dice.roll(4));
            Ok(())
        },
    }
    .is_ok()
}

fn run(seed: u64, calls: u32) {
    chain(|| {
        let dice = &mut Dice(seed);
        let mut succeeded = 0;
        for call in 0..calls {
            succeeded += u32::from(step(dice));
            System::reset_events();
            if call % 50 == 0 {
                let checked = Stella::check_invariants();
                assert_eq!(checked, Ok(()), "seed {seed}, after call {call}");
            }
        }
        let ended = |state| Deals::<Test>::iter_values().filter(|deal| deal.state == state).count();
        let ends = [DealState::Completed, DealState::Terminated, DealState::Lapsed].map(ended);
        assert!(succeeded > calls / 10, "seed {seed}: only {succeeded} of {calls} calls did anything");
        assert!(ends.iter().all(|count| *count > 0), "seed {seed}: deals completed, terminated, lapsed: {ends:?}");
    });
}

#[test]
fn random_calls_never_break_an_invariant() {
    (1..=3).for_each(|seed| run(seed, 4_000));
}
