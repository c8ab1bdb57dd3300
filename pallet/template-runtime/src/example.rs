//! A chain in memory with a Store, a client and a piece, for examples, tests, fuzzing and measurements.

use crate::{AccountId, Balance, BlockNumber, Runtime, RuntimeGenesisConfig, RuntimeOrigin, Stella, System, UNIT};
use frame_support::traits::Hooks;
use pallet_stella::{commp, types::*, Call};
use sp_runtime::{BuildStorage, DispatchError};

pub const STORE: AccountId = AccountId::new([1; 32]);
pub const CLIENT: AccountId = AccountId::new([2; 32]);
pub const INSPECTOR: AccountId = AccountId::new([3; 32]);
/// What each of the three has at the start.
pub const WEALTH: Balance = 1_000_000 * UNIT;

/// A chain at block 1 on which the three accounts have money and the Inspector is an anchor.
pub fn chain() -> sp_io::TestExternalities {
    let balances = [STORE, CLIENT, INSPECTOR].map(|account| (account, WEALTH)).to_vec();
    let genesis = RuntimeGenesisConfig {
        balances: pallet_balances::GenesisConfig { balances, ..Default::default() },
        stella: pallet_stella::GenesisConfig { anchors: vec![INSPECTOR] },
        ..Default::default()
    };
    let mut chain = sp_io::TestExternalities::new(genesis.build_storage().expect("the genesis is valid"));
    chain.execute_with(|| begin(1));
    chain
}

/// Begins a block.
pub fn begin(block: BlockNumber) {
    System::set_block_number(block);
    System::reset_events();
    Stella::on_initialize(block);
}

/// Dispatches a call of `who`.
pub fn call(who: &AccountId, call: Call<Runtime>) -> Result<(), DispatchError> {
    use frame_support::traits::UnfilteredDispatchable;
    call.dispatch_bypass_filter(RuntimeOrigin::signed(who.clone())).map(drop).map_err(|refusal| refusal.error)
}

pub fn url() -> Endpoint {
    b"https://node.example/".to_vec().try_into().expect("the URL is short")
}

/// Registers a Store that offers 1 EiB at `price`.
pub fn open_store(store: &AccountId, price: Balance) -> Result<(), DispatchError> {
    call(store, Call::register_role { role: Role::Store, endpoint: url(), operator: None })?;
    let ask = Ask {
        price,
        piece_size_min: 128,
        piece_size_max: 64 << 30,
        periods_max: 10 * 365,
        capacity: 1 << 60,
        tier: Tier::Hot,
        expires_at: BlockNumber::MAX,
    };
    call(store, Call::publish_ask { ask })
}

/// A piece of zeros, whose proofs need no data: at each height there is only one node.
pub fn piece_of_zeros(height: u8) -> Piece {
    let root = (0..height).fold([0; 32], |below, _| commp::node(&below, &below));
    Piece { root, height, padding: 0 }
}

/// The true proof of such a piece.
pub fn proof_of_zeros(height: u8, seed: [u8; 32]) -> PossessionProof {
    let path: Vec<_> =
        core::iter::successors(Some([0; 32]), |below| Some(commp::node(below, below))).take(height.into()).collect();
    let answer = ProofAnswer { leaf: [0; 32], path: path.try_into().expect("the tree is not higher than allowed") };
    PossessionProof { seed, answers: vec![answer; 5].try_into().expect("there are five challenges") }
}

/// A request for such a piece.
pub fn request_for_zeros(height: u8, replicas: u8, periods: u32, price_max: Balance) -> StorageRequest {
    StorageRequest {
        content: vec![1, 0x55, 0x12, 0x20].try_into().expect("the CID is short"),
        piece: piece_of_zeros(height),
        replicas,
        periods,
        price_max,
        tier: Tier::Hot,
        source: url(),
        asset: None,
    }
}
