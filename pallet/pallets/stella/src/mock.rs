//! A small runtime around the pallet, and the hands that tests need: accounts, blocks, pieces with proofs.

use crate::{self as pallet_stella, types::*, *};
use frame_support::{
    derive_impl, parameter_types,
    traits::{
        fungible::{Inspect, Mutate},
        tokens::Preservation,
        ConstU128, ConstU32, ConstU64, ConstU8, OnInitialize, Randomness,
    },
    weights::{constants::RocksDbWeight, Weight},
    PalletId,
};
use sp_core::H256;
use sp_runtime::{BuildStorage, DispatchError, FixedU128, Perbill};

pub type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

#[frame_support::runtime]
mod runtime {
    #[runtime::runtime]
    #[runtime::derive(
        RuntimeCall,
        RuntimeEvent,
        RuntimeError,
        RuntimeOrigin,
        RuntimeFreezeReason,
        RuntimeHoldReason,
        RuntimeSlashReason,
        RuntimeLockId,
        RuntimeTask,
        RuntimeViewFunction
    )]
    pub struct Test;

    #[runtime::pallet_index(0)]
    pub type System = frame_system::Pallet<Test>;
    #[runtime::pallet_index(4)]
    pub type Balances = pallet_balances::Pallet<Test>;
    #[runtime::pallet_index(20)]
    pub type Stella = pallet_stella::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = Block;
    type AccountData = pallet_balances::AccountData<Balance>;
    type DbWeight = RocksDbWeight;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
    type AccountStore = System;
    type Balance = Balance;
    type ExistentialDeposit = ConstU128<EXISTENTIAL_DEPOSIT>;
}

pub const EXISTENTIAL_DEPOSIT: Balance = 10;
pub const BOND: Balance = 1_000;
pub const EPOCH: u64 = 20;
pub const PERIOD: u64 = 30;
pub const WINDOW: u64 = 12;
pub const TTL: u64 = 120;
pub const ACTIVATION: u64 = 60;
pub const UNBONDING: u64 = 60;
pub const ANSWER: u64 = 5;
pub const QUESTION_BOND: Balance = 50;
pub const PENALTY: Balance = 200;
pub const APPEAL_FEE: Balance = 70;
pub const APPEAL_PERIODS: u32 = 8;
pub const RETENTION: u64 = 400;
pub const TREASURY: AccountId = 99;
pub const SLOT_PLACES: u32 = 20;

parameter_types! {
    pub const StellaPalletId: PalletId = PalletId(*b"stella/c");
    pub const FaultSlash: Perbill = Perbill::from_percent(10);
    pub const CollateralRatio: FixedU128 = FixedU128::from_u32(1);
    pub const Treasury: AccountId = TREASURY;
    pub static HookWeight: Weight = Weight::from_parts(1_000_000_000_000, u64::MAX);
    pub static MaxVerdicts: u32 = 64;
    pub static MaxChanges: u32 = 32;
    pub static MaxInspectors: u32 = 8;
    pub static MaxAgenda: u32 = SLOT_PLACES;
}

impl Config for Test {
    type Currency = Balances;
    type RuntimeHoldReason = RuntimeHoldReason;
    type Swap = Exchange;
    type Randomness = BlockRandomness;
    type AdminOrigin = frame_system::EnsureRoot<AccountId>;
    type WeightInfo = weights::SubstrateWeight<Test>;
    type HookWeight = HookWeight;
    type PalletId = StellaPalletId;
    type EpochLength = ConstU64<EPOCH>;
    type ProvingPeriod = ConstU64<PERIOD>;
    type ProvingWindow = ConstU64<WINDOW>;
    type ChallengesPerProof = ConstU32<5>;
    type MaxReplicas = ConstU8<16>;
    type MaxPeriods = ConstU32<1_000_000>;
    type RequestTtl = ConstU64<TTL>;
    type ActivationTimeout = ConstU64<ACTIVATION>;
    type MaxConsecutiveFaults = ConstU32<3>;
    type FaultSlash = FaultSlash;
    type CollateralRatio = CollateralRatio;
    type UnbondingPeriod = ConstU64<UNBONDING>;
    type ItemsPerEpoch = ConstU32<4>;
    type CommitteeSize = ConstU32<9>;
    type AttestationWindow = ConstU64<EPOCH>;
    type AnswerWindow = ConstU64<ANSWER>;
    type QuestionBond = ConstU128<QUESTION_BOND>;
    type ForgeryPenalty = ConstU128<PENALTY>;
    type AppealFee = ConstU128<APPEAL_FEE>;
    type AppealPeriods = ConstU32<APPEAL_PERIODS>;
    type Treasury = Treasury;
    type RetentionPeriod = ConstU64<RETENTION>;
    type StoreBond = ConstU128<BOND>;
    type FetchBond = ConstU128<{ BOND / 2 }>;
    type InspectorBond = ConstU128<BOND>;
    type MaxVerdicts = MaxVerdicts;
    type MaxChanges = MaxChanges;
    type MaxInspectors = MaxInspectors;
    type MaxAgenda = MaxAgenda;
}

/// An asset that [`Exchange`] sells for two planck a unit.
pub const FIL: u32 = 314;
/// An asset whose exchange brings nothing and claims that it did.
pub const BRAGGART: u32 = 315;
/// Owner of the planck that [`Exchange`] pays out.
pub const POOL: AccountId = 40;

/// Exchanges with all that can go wrong in them. Assets themselves are none of its business.
pub struct Exchange;

impl Swap<AccountId> for Exchange {
    fn swap(
        _: &AccountId,
        asset: u32,
        amount: Balance,
        _: Balance,
        send_to: &AccountId,
    ) -> Result<Balance, DispatchError> {
        match asset {
            FIL => <Balances as Mutate<AccountId>>::transfer(&POOL, send_to, 2 * amount, Preservation::Preserve),
            BRAGGART => Ok(2 * amount),
            _ => Err(DispatchError::Unavailable),
        }
    }

    fn weight() -> Weight {
        Weight::from_parts(1_000_000, 1_000)
    }
}

/// Another value for each block, the same in every run.
pub struct BlockRandomness;

impl Randomness<H256, u64> for BlockRandomness {
    fn random(subject: &[u8]) -> (H256, u64) {
        let now = System::block_number();
        (sp_io::hashing::blake2_256(&[subject, &now.to_be_bytes()].concat()).into(), now)
    }
}

pub const CLIENT: AccountId = 1;
pub const STORE: AccountId = 2;
pub const OTHER: AccountId = 3;
pub const ANCHORS: [AccountId; 3] = [11, 12, 13];
pub const WEALTH: Balance = 1_000_000_000;
/// Highest price of the usual request, planck per GiB and period.
pub const PRICE: Balance = 1 << 30;

/// A chain before its first block, on which 40 accounts have money.
pub fn genesis() -> sp_io::TestExternalities {
    let balances = (1..=40).map(|account| (account, WEALTH)).collect();
    let storage = RuntimeGenesisConfig {
        system: Default::default(),
        balances: pallet_balances::GenesisConfig { balances, ..Default::default() },
        stella: GenesisConfig { anchors: ANCHORS.to_vec() },
    };
    storage.build_storage().expect("the genesis is valid").into()
}

/// Runs a test on a new chain at block 1 and checks every invariant behind it.
pub fn chain(test: impl FnOnce()) {
    HookWeight::set(Weight::from_parts(1_000_000_000_000, u64::MAX));
    MaxVerdicts::set(64);
    MaxChanges::set(32);
    MaxInspectors::set(8);
    MaxAgenda::set(SLOT_PLACES);
    genesis().execute_with(|| {
        run_to(1);
        test();
        assert_consistent();
    });
}

/// Every invariant, and since nobody gives presents in tests, not a planck too much in the pallet account.
pub fn assert_consistent() {
    assert_eq!(Stella::check_invariants(), Ok(()));
    let credits: Balance = Credits::<Test>::iter_values().map(|credits| credits.free + credits.reserved).sum();
    assert_eq!(Balances::total_balance(&Stella::account_id()), credits + EXISTENTIAL_DEPOSIT);
}

/// Starts every block up to `block`.
pub fn run_to(block: u64) {
    while System::block_number() < block {
        System::set_block_number(System::block_number() + 1);
        AllPalletsWithSystem::on_initialize(System::block_number());
    }
}

pub fn signed(account: AccountId) -> RuntimeOrigin {
    RuntimeOrigin::signed(account)
}

/// Whether the event was deposited since the chain began.
pub fn heard(event: Event<Test>) -> bool {
    let event = RuntimeEvent::from(event);
    System::events().iter().any(|record| record.event == event)
}

pub fn credits(account: AccountId) -> (Balance, Balance) {
    let CreditAccount { free, reserved } = Credits::<Test>::get(account);
    (free, reserved)
}

pub fn held(reason: HoldReason, account: AccountId) -> Balance {
    use frame_support::traits::fungible::InspectHold;
    Balances::balance_on_hold(&reason.into(), &account)
}

pub fn endpoint() -> Endpoint {
    b"https://node.example/".to_vec().try_into().expect("the URL is short")
}

pub fn register(role: Role, account: AccountId) {
    Stella::register_role(signed(account), role, endpoint(), None).expect("the account is rich and new");
}

/// An ask that covers every request of the tests.
pub fn ask() -> Ask<u64> {
    Ask {
        price: PRICE,
        piece_size_min: 0,
        piece_size_max: u64::MAX,
        periods_max: u32::MAX,
        capacity: u64::MAX,
        tier: Tier::Hot,
        expires_at: u64::MAX,
    }
}

/// A Store with an open ask.
pub fn open_store(account: AccountId) {
    register(Role::Store, account);
    Stella::publish_ask(signed(account), ask()).expect("the ask is valid");
}

/// One replica of the usual piece for three periods.
pub fn storage_request() -> StorageRequest {
    StorageRequest {
        content: vec![1, 0x55, 0x12, 0x20].try_into().expect("the CID is short"),
        piece: Tree::usual().piece(),
        replicas: 1,
        periods: 3,
        price_max: PRICE,
        tier: Tier::Hot,
        source: endpoint(),
        asset: None,
    }
}

/// Planck for the usual piece and one period at [`PRICE`].
pub const PERIOD_PRICE: Balance = 512;

/// Gives the client credits and places the request; returns its id.
pub fn request(request: StorageRequest) -> u64 {
    Stella::top_up_credits(signed(CLIENT), 1_000_000).expect("the client is rich");
    Stella::request_storage(signed(CLIENT), request).expect("the request is valid");
    NextRequest::<Test>::get() - 1
}

/// A deal of [`STORE`] over the usual request, just accepted; returns its id.
pub fn accepted_deal() -> u64 {
    open_store(STORE);
    let id = request(storage_request());
    Stella::accept_deal(signed(STORE), id, PRICE).expect("the ask covers the request");
    NextDeal::<Test>::get() - 1
}

/// The same, proven once in the next block.
pub fn active_deal() -> u64 {
    let id = accepted_deal();
    run_to(System::block_number() + 1);
    prove(id).expect("the proof is right");
    id
}

pub fn deal(id: u64) -> DealOf<Test> {
    Deals::<Test>::get(id).expect("the deal exists")
}

/// First block of the proving window of the current period.
pub fn window_start(id: u64) -> u64 {
    Stella::period_end(&deal(id)) - WINDOW
}

/// Seed of the challenge that is or will be asked next, if its block has come.
pub fn seed(id: u64) -> [u8; 32] {
    let deal = deal(id);
    let block = if deal.state == DealState::Accepted { deal.accepted_at + 1 } else { window_start(id) };
    Seeds::<Test>::get(block).unwrap_or_default()
}

/// The outcome of a call without its weight.
pub fn plain(outcome: frame_support::dispatch::DispatchResultWithPostInfo) -> sp_runtime::DispatchResult {
    outcome.map(drop).map_err(|refusal| refusal.error)
}

/// Proves the usual piece for the deal.
pub fn prove(id: u64) -> sp_runtime::DispatchResult {
    plain(Stella::submit_proof(signed(deal(id).store), id, Tree::usual().proof(seed(id), id)))
}

/// The same with a leaf that is not in the piece.
pub fn prove_falsely(id: u64) -> sp_runtime::DispatchResult {
    let mut proof = Tree::usual().proof(seed(id), id);
    proof.answers[4].leaf[0] ^= 1;
    plain(Stella::submit_proof(signed(deal(id).store), id, proof))
}

/// A whole small tree in memory.
pub struct Tree(Vec<Vec<[u8; 32]>>);

impl Tree {
    /// 16 leaves, each its own number.
    pub fn usual() -> Self {
        Self::of_height(4)
    }

    /// As many leaves as a tree of this height has, each its own number.
    pub fn of_height(height: u32) -> Self {
        let leaves: Vec<_> = (0..1usize << height).map(|number| [number as u8; 32]).collect();
        let mut levels = vec![leaves];
        while levels[levels.len() - 1].len() > 1 {
            let below = &levels[levels.len() - 1];
            let above = below.chunks(2).map(|pair| commp::node(&pair[0], &pair[1])).collect();
            levels.push(above);
        }
        Self(levels)
    }

    pub fn piece(&self) -> Piece {
        Piece { root: self.0[self.0.len() - 1][0], height: self.0.len() as u8 - 1, padding: 0 }
    }

    pub fn answer(&self, leaf: usize) -> ProofAnswer {
        let siblings: Vec<_> =
            self.0[..self.0.len() - 1].iter().enumerate().map(|(level, nodes)| nodes[(leaf >> level) ^ 1]).collect();
        ProofAnswer { leaf: self.0[0][leaf], path: siblings.try_into().expect("the tree is low") }
    }

    /// Leaves at ascending `indices`, and what else it takes to compute the root, bottom-up and ascending.
    pub fn shared(&self, indices: &[u64]) -> (Vec<[u8; 32]>, Vec<[u8; 32]>) {
        let leaves = indices.iter().map(|index| self.0[0][*index as usize]).collect();
        let mut known = indices.to_vec();
        let mut nodes = Vec::new();
        for level in &self.0[..self.0.len() - 1] {
            let unknown = known.iter().map(|index| index ^ 1).filter(|sibling| !known.contains(sibling));
            nodes.extend(unknown.map(|sibling| level[sibling as usize]));
            known = known.iter().map(|index| index / 2).collect();
            known.dedup();
        }
        (leaves, nodes)
    }

    /// The same as [`Tree::proof`], each node once.
    pub fn multi_proof(&self, seed: [u8; 32], deal: u64) -> MultiProof {
        let count = self.piece().leaf_count();
        let mut indices: Vec<u64> =
            (0..5).map(|challenge| commp::challenged_leaf(&seed, deal, challenge, count)).collect();
        indices.sort_unstable();
        indices.dedup();
        let (leaves, nodes) = self.shared(&indices);
        MultiProof { seed, leaves: leaves.try_into().expect("few"), nodes: nodes.try_into().expect("few") }
    }

    pub fn proof(&self, seed: [u8; 32], deal: u64) -> PossessionProof {
        self.proof_of(&self.piece(), seed, deal)
    }

    /// The proof of a piece that has this tree and some padding.
    pub fn proof_of(&self, piece: &Piece, seed: [u8; 32], deal: u64) -> PossessionProof {
        let leaves = piece.leaf_count();
        let answers: Vec<_> = (0..5)
            .map(|challenge| self.answer(commp::challenged_leaf(&seed, deal, challenge, leaves) as usize))
            .collect();
        PossessionProof { seed, answers: answers.try_into().expect("there are five challenges") }
    }
}
