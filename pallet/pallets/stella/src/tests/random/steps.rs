//! What can happen, as data: small numbers that [`super::actions`] turns into calls of the chain as it stands, so that a
//! sequence still makes sense when shrinking has taken steps out of it.

use crate::types::*;
use proptest::{collection::vec, option, prelude::*};

/// Who signs: the party that may, chosen by `account` where there are several, or for a stranger just that account.
#[derive(Clone, Copy, Debug)]
pub struct Who {
    pub account: u8,
    pub stranger: bool,
}

#[derive(Clone, Debug)]
pub enum Step {
    /// So many blocks begin.
    Pass(u8),
    /// The chain goes on to the proving window of a live deal.
    ToWindow(u16),
    /// The chain goes on to a quarter of the epoch.
    ToQuarter(u8),
    /// From now on a block has weight for so many items of the agenda; `None`: for all.
    Starve(Option<u8>),
    /// A call.
    Call(Who, Action),
    /// All Inspectors commit in one half of an epoch to verdicts like these, and reveal them in the other. Then so many
    /// verdicts are doubted, and answered if the Inspectors are well.
    Inspection { verdicts: Vec<(u8, u8, u8)>, doubts: u8, well: bool },
    /// The anchors attest the same changes for the epoch whose turn it is, when it is time.
    Council(u8),
}

/// What is wrong with a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    Leaf,
    Sibling,
    Seed,
    OtherDeal,
    Missing,
    ShortPath,
    LongPath,
}

/// A call, with numbers that are taken modulo what there is.
#[derive(Clone, Debug)]
pub enum Action {
    Register { role: Role, operator: Option<u8>, good: bool },
    UpdateEndpoint { role: Role, good: bool },
    Leave { role: Role },
    WithdrawBond { role: Role },
    TopUp { amount: Balance },
    WithdrawCredits { amount: Balance },
    PublishAsk { price: Balance, periods_max: u32, pieces: u8, tier: Tier, lasts: u8 },
    WithdrawAsk,
    Request { replicas: u8, periods: u32, price: Balance, tree: u8, tier: Tier, damage: Option<u8> },
    Cancel { request: u16 },
    Accept { request: u16, price: Balance },
    Prove { deal: u16, multi: bool, flaw: Option<Flaw> },
    Renew { deal: u16, periods: u32 },
    End { deal: u16 },
    Archive { deal: u16, good: bool },
    Commit { back: u8, salt: u8, verdicts: Vec<(u8, u8, u8)> },
    Reveal { back: u8, damaged: bool },
    Attest { back: u8, pick: u8, carried: bool },
    Question { verdict: u16 },
    Answer { question: u16, damaged: bool },
    Appeal,
    ConfirmOperator { role: Role },
    SetAnchors { accounts: Vec<u8> },
    Disqualify { role: Role, good: bool },
    TopUpWithAsset { asset: u8, amount: Balance, credits_min: Balance },
}

/// Sequences of up to `steps_max` steps.
pub fn sequence(steps_max: usize) -> impl Strategy<Value = Vec<Step>> {
    vec(step(), 1..=steps_max)
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (1..6u8).prop_map(Step::Pass),
        1 => (6..70u8).prop_map(Step::Pass),
        3 => any::<u16>().prop_map(Step::ToWindow),
        2 => (0..4u8).prop_map(Step::ToQuarter),
        1 => option::weighted(0.3, 0..4u8).prop_map(Step::Starve),
        2 => (0..6u8).prop_map(Step::Council),
        2 => (verdicts(), 0..4u8, prop::bool::weighted(0.7))
            .prop_map(|(verdicts, doubts, well)| Step::Inspection { verdicts, doubts, well }),
        60 => (who(), action()).prop_map(|(who, action)| Step::Call(who, action)),
    ]
}

/// Subject, outcome, item.
fn verdicts() -> impl Strategy<Value = Vec<(u8, u8, u8)>> {
    vec((any::<u8>(), 0..7u8, 0..4u8), 0..5)
}

fn who() -> impl Strategy<Value = Who> {
    (any::<u8>(), rarely()).prop_map(|(account, stranger)| Who { account, stranger })
}

fn action() -> impl Strategy<Value = Action> {
    let flaw = prop::sample::select(vec![
        Flaw::Leaf,
        Flaw::Sibling,
        Flaw::Seed,
        Flaw::OtherDeal,
        Flaw::Missing,
        Flaw::ShortPath,
        Flaw::LongPath,
    ]);
    let roles = prop_oneof![
        4 => (role(), option::weighted(0.3, any::<u8>()), usually())
            .prop_map(|(role, operator, good)| Action::Register { role, operator, good }),
        1 => (role(), usually()).prop_map(|(role, good)| Action::UpdateEndpoint { role, good }),
        1 => role().prop_map(|role| Action::Leave { role }),
        2 => role().prop_map(|role| Action::WithdrawBond { role }),
        2 => role().prop_map(|role| Action::ConfirmOperator { role }),
        4 => Just(Action::Appeal),
    ];
    let money = prop_oneof![
        1 => (0..4u8, amount(), 0..100u128)
            .prop_map(|(asset, amount, credits_min)| Action::TopUpWithAsset { asset, amount, credits_min }),
        3 => amount().prop_map(|amount| Action::TopUp { amount }),
        2 => amount().prop_map(|amount| Action::WithdrawCredits { amount }),
    ];
    let offers = prop_oneof![
        5 => (price(), 2..12u32, 0..12u8, tier(), 0..250u8).prop_map(|(price, periods_max, pieces, tier, lasts)| {
            Action::PublishAsk { price, periods_max, pieces, tier, lasts }
        }),
        1 => Just(Action::WithdrawAsk),
    ];
    let requests = prop_oneof![
        6 => (replicas(), periods(), price(), any::<u8>(), tier(), option::weighted(0.08, 0..8u8)).prop_map(
            |(replicas, periods, price, tree, tier, damage)| {
                Action::Request { replicas, periods, price, tree, tier, damage }
            }
        ),
        1 => any::<u16>().prop_map(|request| Action::Cancel { request }),
    ];
    let inspections = prop_oneof![
        3 => (back(1), any::<u8>(), verdicts()).prop_map(|(back, salt, verdicts)| Action::Commit { back, salt, verdicts }),
        4 => (back(1), rarely()).prop_map(|(back, damaged)| Action::Reveal { back, damaged }),
        2 => (back(2), 0..3u8, usually()).prop_map(|(back, pick, carried)| Action::Attest { back, pick, carried }),
        3 => any::<u16>().prop_map(|verdict| Action::Question { verdict }),
        3 => (any::<u16>(), prop::bool::weighted(0.3))
            .prop_map(|(question, damaged)| Action::Answer { question, damaged }),
    ];
    let deals = prop_oneof![
        4 => (any::<u16>(), prop_oneof![6 => 1..4u32, 1 => periods()])
            .prop_map(|(deal, periods)| Action::Renew { deal, periods }),
        1 => any::<u16>().prop_map(|deal| Action::End { deal }),
        2 => (any::<u16>(), usually()).prop_map(|(deal, good)| Action::Archive { deal, good }),
    ];
    let admin = prop_oneof![
        2 => vec(any::<u8>(), 0..5).prop_map(|accounts| Action::SetAnchors { accounts }),
        1 => (role(), usually()).prop_map(|(role, good)| Action::Disqualify { role, good }),
    ];
    prop_oneof![
        4 => roles,
        4 => money,
        3 => offers,
        5 => requests,
        10 => (any::<u16>(), price()).prop_map(|(request, price)| Action::Accept { request, price }),
        12 => (any::<u16>(), any::<bool>(), option::weighted(0.25, flaw))
            .prop_map(|(deal, multi, flaw)| Action::Prove { deal, multi, flaw }),
        3 => deals,
        10 => inspections,
        1 => admin,
    ]
}

fn usually() -> impl Strategy<Value = bool> {
    prop::bool::weighted(0.9)
}

fn rarely() -> impl Strategy<Value = bool> {
    prop::bool::weighted(0.1)
}

pub fn role() -> impl Strategy<Value = Role> {
    prop_oneof![5 => Just(Role::Store), 1 => Just(Role::Fetch), 2 => Just(Role::Inspector)]
}

fn tier() -> impl Strategy<Value = Tier> {
    prop_oneof![2 => Just(Tier::Hot), 1 => Just(Tier::Filecoin)]
}

/// Epochs back, mostly the one whose turn it is.
fn back(usual: u8) -> impl Strategy<Value = u8> {
    prop_oneof![8 => Just(usual), 1 => 0..5u8]
}

fn amount() -> impl Strategy<Value = Balance> {
    prop_oneof![12 => 0..60_000u128, 1 => any::<u128>(), 1 => Just(Balance::MAX)]
}

/// Planck per GiB: pieces are small, so that the usual price is a few hundred planck a period.
fn price() -> impl Strategy<Value = Balance> {
    prop_oneof![16 => 0..3u128 << 30, 1 => any::<u128>()]
}

fn periods() -> impl Strategy<Value = u32> {
    prop_oneof![16 => 1..7u32, 1 => 0..2_000_000u32, 1 => Just(0)]
}

fn replicas() -> impl Strategy<Value = u8> {
    prop_oneof![12 => 1..5u8, 1 => 0..20u8]
}
