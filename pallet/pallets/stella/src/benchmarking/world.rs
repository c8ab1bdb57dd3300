//! What benchmarks need around them: rich accounts, deals in every state, and agendas so full that a search for a free
//! place is as long as it can be.

use crate::{types::*, *};
use alloc::{collections::BTreeSet, vec, vec::Vec};
use frame_benchmarking::account;
use frame_support::{
    traits::{fungible::Mutate, Get, Hooks},
    BoundedVec,
};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use sp_runtime::traits::{One, Saturating};

/// Planck per GiB and period in all benchmarks.
pub const PRICE: Balance = 1_000_000_000;
/// Periods of all deals.
pub const PERIODS: u32 = 9;

/// An account with money for everything.
pub fn rich<T: Config>(name: &'static str, number: u32) -> T::AccountId {
    let who = account(name, number, 0);
    T::Currency::set_balance(&who, 1 << 100);
    who
}

/// The longest text that an endpoint can be.
pub fn longest_url() -> Endpoint {
    BoundedVec::truncate_from(vec![b'a'; 128])
}

/// The longest CID.
pub fn longest_cid() -> ContentId {
    BoundedVec::truncate_from(vec![1; 64])
}

pub fn register<T: Config>(role: Role, who: &T::AccountId) {
    let origin = RawOrigin::Signed(who.clone()).into();
    Pallet::<T>::register_role(origin, role, longest_url(), Some(who.clone())).expect("the account is rich and new");
}

pub fn usual_ask<T: Config>() -> AskOf<T> {
    Ask {
        price: PRICE,
        piece_size_min: 0,
        piece_size_max: u64::MAX,
        periods_max: u32::MAX,
        capacity: u64::MAX,
        tier: Tier::Filecoin,
        expires_at: u32::MAX.into(),
    }
}

pub fn open_store<T: Config>(number: u32) -> T::AccountId {
    let store = rich::<T>("store", number);
    register::<T>(Role::Store, &store);
    Pallet::<T>::publish_ask(RawOrigin::Signed(store.clone()).into(), usual_ask::<T>()).expect("the ask is valid");
    store
}

/// A piece of zeros: at each height there is only one node, so proofs need no data.
pub fn piece_of_zeros(height: u8) -> Piece {
    let root = (0..height).fold([0; 32], |below, _| commp::node(&below, &below));
    Piece { root, height, padding: 0 }
}

/// Leaf and path of any leaf of such a piece.
pub fn answer_of_zeros(height: u8) -> ProofAnswer {
    let path: Vec<_> =
        core::iter::successors(Some([0; 32]), |below| Some(commp::node(below, below))).take(height.into()).collect();
    ProofAnswer { leaf: [0; 32], path: BoundedVec::truncate_from(path) }
}

pub fn longest_request(height: u8, replicas: u8) -> StorageRequest {
    StorageRequest {
        content: longest_cid(),
        piece: piece_of_zeros(height),
        replicas,
        periods: PERIODS,
        price_max: PRICE,
        tier: Tier::Filecoin,
        source: longest_url(),
        asset: None,
    }
}

/// A client with credits for everything.
pub fn client<T: Config>() -> T::AccountId {
    let client = rich::<T>("client", 0);
    Pallet::<T>::top_up_credits(RawOrigin::Signed(client.clone()).into(), 1 << 90).expect("the client is rich");
    client
}

/// Client and id of a new request for one replica.
pub fn request<T: Config>(height: u8) -> (T::AccountId, u64) {
    let client = client::<T>();
    let origin = RawOrigin::Signed(client.clone()).into();
    Pallet::<T>::request_storage(origin, longest_request(height, 1)).expect("the request is valid");
    (client, NextRequest::<T>::get() - 1)
}

/// A deal that waits for its first proof, whose seed is there; the money of its request is spent, so that reopening it
/// has to reserve credits again.
pub fn accepted_deal<T: Config>(height: u8) -> (DealOf<T>, u64) {
    let (_, request) = request::<T>(height);
    let store = open_store::<T>(0);
    Pallet::<T>::accept_deal(RawOrigin::Signed(store).into(), request, PRICE).expect("the ask covers it");
    let id = NextDeal::<T>::get() - 1;
    next_block::<T>(Pallet::<T>::now() + One::one());
    (Deals::<T>::get(id).expect("it is new"), id)
}

/// A deal in the first block of its window.
pub fn active_deal<T: Config>(height: u8) -> (DealOf<T>, u64) {
    let (mut deal, id) = accepted_deal::<T>(height);
    deal.state = DealState::Active;
    deal.activated_at = Some(Pallet::<T>::now());
    deal.deadline = Pallet::<T>::period_end(&deal);
    Deals::<T>::insert(id, &deal);
    next_block::<T>(deal.deadline.saturating_sub(T::ProvingWindow::get()));
    (deal, id)
}

/// The same, whose next fault is the last one.
pub fn failing_deal<T: Config>(height: u8) -> (DealOf<T>, u64) {
    let (mut deal, id) = active_deal::<T>(height);
    deal.faults_in_row = T::MaxConsecutiveFaults::get() - 1;
    Deals::<T>::insert(id, &deal);
    (deal, id)
}

/// The proof of a deal for the challenge of this block.
pub fn proof_now<T: Config>(height: u8) -> PossessionProof {
    let seed = Seeds::<T>::get(Pallet::<T>::now()).expect("every block begins");
    PossessionProof { seed, answers: BoundedVec::truncate_from(vec![answer_of_zeros(height); 5]) }
}

/// Begins a block.
pub fn next_block<T: Config>(block: BlockNumberFor<T>) {
    frame_system::Pallet::<T>::set_block_number(block);
    let _ = Pallet::<T>::on_initialize(block);
}

/// Goes to a part of the second epoch: 0 commits, 1 reveals.
pub fn go_to_half<T: Config>(epoch: u32, half: u32) {
    let length = T::EpochLength::get();
    next_block::<T>(length.saturating_mul(epoch.into()));
    if half > 0 {
        next_block::<T>(length.saturating_mul(epoch.into()).saturating_add(length / 2u32.into()));
    }
}

/// Makes a search for a place from `wanted` on look at `slots` slots: all are full but the last, which has one place
/// left for every kind of item.
pub fn fill_agenda<T: Config>(wanted: BlockNumberFor<T>, slots: u32) {
    let all = T::MaxAgenda::get() as usize;
    let mut slot = wanted;
    for probe in 1..=slots {
        let taken = if probe == slots { all / 2 - 1 } else { all };
        let longest = AgendaItem::Appeal(Role::Store, account("appellant", 0, 0));
        Agenda::<T>::insert(slot, BoundedVec::truncate_from(vec![longest; taken]));
        slot = slot.saturating_add(One::one());
    }
}

/// The true multi-proof of a piece of zeros: every node of a level is the same, so only their number matters.
pub fn multi_proof_now<T: Config>(id: u64, height: u8) -> MultiProof {
    let seed = Seeds::<T>::get(Pallet::<T>::now()).expect("every block begins");
    let leaves = piece_of_zeros(height).leaf_count();
    let mut known: BTreeSet<u64> = (0..5).map(|index| commp::challenged_leaf(&seed, id, index, leaves)).collect();
    let shown = vec![[0; 32]; known.len()];
    let mut nodes = vec![];
    for level in answer_of_zeros(height).path.iter() {
        nodes.extend(known.iter().filter(|index| !known.contains(&(**index ^ 1))).map(|_| *level));
        known = known.iter().map(|index| index >> 1).collect();
    }
    MultiProof { seed, leaves: BoundedVec::truncate_from(shown), nodes: BoundedVec::truncate_from(nodes) }
}
