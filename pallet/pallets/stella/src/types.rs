//! What the pallet stores and what its calls take. The order of fields and the numbers of variants are the SCALE
//! encoding that clients in other languages read: append, never reorder.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
    pallet_prelude::{BoundedVec, ConstU32, Get},
    CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound,
};
use scale_info::TypeInfo;

mod archives;
mod questions;

pub use archives::*;
pub use questions::*;

/// Planck, the smallest unit of the native token.
pub type Balance = u128;
/// Public HTTP endpoint of a role, a UTF-8 URL (RO-1).
pub type Endpoint = BoundedVec<u8, ConstU32<128>>;
/// A binary CID (CT-1).
pub type ContentId = BoundedVec<u8, ConstU32<64>>;
/// Siblings from the leaf up to the root; as long as the tree of the largest piece is high.
pub type MerklePath = BoundedVec<[u8; 32], ConstU32<{ Piece::HEIGHT_MAX as u32 }>>;
/// Leaves of a multi-proof, one for each distinct challenge.
pub type Leaves = BoundedVec<[u8; 32], MaxAnswers>;
/// Siblings of a multi-proof, at most as many as separate paths would have.
pub type Siblings = BoundedVec<[u8; 32], ConstU32<{ 5 * Piece::HEIGHT_MAX as u32 }>>;
/// Why an account is disqualified, UTF-8.
pub type Reason = BoundedVec<u8, ConstU32<128>>;
/// Most challenges that a proof can answer; `Config::ChallengesPerProof` is at most this.
pub type MaxAnswers = ConstU32<5>;

/// What an account does for the network (RO-1). One account may hold all three.
#[derive(
    Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug,
)]
pub enum Role {
    /// Holds pieces and proves it.
    #[codec(index = 0)]
    Store,
    /// Serves content to anybody.
    #[codec(index = 1)]
    Fetch,
    /// Checks that content is really served.
    #[codec(index = 2)]
    Inspector,
}

/// How a piece is kept (AS-1).
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tier {
    /// On the Store's own disks.
    #[codec(index = 0)]
    Hot,
    /// On its disks and archived by a Filecoin deal.
    #[codec(index = 1)]
    Filecoin,
}

/// Piece commitment in the parts of a piece CID v2 (CT-2). The padded size is `32 << height` bytes.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// Root of the tree of 32-byte leaves.
    pub root: [u8; 32],
    /// Levels between leaf and root.
    pub height: u8,
    /// Raw bytes (before Fr32 expansion) that are only filled up.
    pub padding: u64,
}

/// Trust in an account within one role (RE-3).
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// New: takes work, has no weight yet.
    #[codec(index = 0)]
    Probation,
    /// Vetted.
    #[codec(index = 1)]
    Trusted,
    /// Keeps what it has, takes nothing new, can recover.
    #[codec(index = 2)]
    Suspended,
    /// Out for good.
    #[codec(index = 3)]
    Disqualified,
}

/// An account in a role (RO-1, RO-2).
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct RoleEntry<AccountId, BlockNumber> {
    /// Planck on hold for this role.
    pub bond: Balance,
    /// Where the role is reached.
    pub endpoint: Endpoint,
    /// Common operator of several accounts, who has confirmed it: together they take one replica of a request.
    pub operator: Option<AccountId>,
    /// Block of registration.
    pub registered_at: BlockNumber,
    /// Block of `leave_role`, from which the unbonding period counts.
    pub leaving_since: Option<BlockNumber>,
    /// Deals Accepted or Active; always 0 for other roles than Store.
    pub live_deals: u32,
}

/// Credits of an account, in planck; the money lies in the pallet account.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, Default, PartialEq, Eq, Debug)]
pub struct CreditAccount {
    /// Can be withdrawn or reserved.
    pub free: Balance,
    /// Set aside for open replicas and unpaid periods of live deals.
    pub reserved: Balance,
}

/// What a Store offers (AS-1).
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Ask<BlockNumber> {
    /// Planck per GiB of padded piece and proving period.
    pub price: Balance,
    /// Smallest piece, padded bytes.
    pub piece_size_min: u64,
    /// Largest piece, padded bytes.
    pub piece_size_max: u64,
    /// Longest deal, proving periods.
    pub periods_max: u32,
    /// Padded bytes still offered; each accepted deal takes its piece off.
    pub capacity: u64,
    /// The tier offered.
    pub tier: Tier,
    /// First block at which the ask no longer stands.
    pub expires_at: BlockNumber,
}

/// What a client asks for (DL-1), the argument of `request_storage`.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct StorageRequest {
    /// Root of the content.
    pub content: ContentId,
    /// The CAR as a piece.
    pub piece: Piece,
    /// Number of Stores that shall hold it.
    pub replicas: u8,
    /// Length of each deal, proving periods.
    pub periods: u32,
    /// Most the client pays, planck per GiB of padded piece and proving period.
    pub price_max: Balance,
    /// How it shall be kept.
    pub tier: Tier,
    /// URL of the CAR.
    pub source: Endpoint,
    /// Asset to pay in; only the native token (`None`) for now.
    pub asset: Option<u32>,
}

/// Life of a request (DL-2).
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug)]
pub enum RequestState {
    /// Replicas are still to be taken.
    #[codec(index = 0)]
    Open,
    /// Every replica has a live deal.
    #[codec(index = 1)]
    Filled,
    /// Every deal is over.
    #[codec(index = 2)]
    Done,
    /// The client took back the open part; live deals go on.
    #[codec(index = 3)]
    Cancelled,
    /// Nobody took the open part in time; live deals go on.
    #[codec(index = 4)]
    Expired,
}

/// A request on chain (DL-1, DL-2).
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Request<AccountId, BlockNumber> {
    /// Who pays.
    pub client: AccountId,
    /// Root of the content.
    pub content: ContentId,
    /// The CAR as a piece.
    pub piece: Piece,
    /// Replicas asked for.
    pub replicas: u8,
    /// Length of each deal, proving periods.
    pub periods: u32,
    /// Planck per GiB and proving period.
    pub price_max: Balance,
    /// How it shall be kept.
    pub tier: Tier,
    /// URL of the CAR.
    pub source: Endpoint,
    /// Where it stands.
    pub state: RequestState,
    /// Replicas that nobody has taken.
    pub open: u8,
    /// Deals Accepted or Active.
    pub live: u8,
    /// Credits set aside for the open replicas.
    pub reserved: Balance,
    /// Block of the request.
    pub created_at: BlockNumber,
    /// Block at which the open part expires; its slot in the agenda.
    pub expires_at: BlockNumber,
}

/// Life of a deal (DL-4).
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug)]
pub enum DealState {
    /// Taken; the first proof is awaited.
    #[codec(index = 0)]
    Accepted,
    /// Proven once; periods run.
    #[codec(index = 1)]
    Active,
    /// All periods are over.
    #[codec(index = 2)]
    Completed,
    /// Ended by too many faults in a row.
    #[codec(index = 3)]
    Terminated,
    /// Ended by the client before its time (DL-6).
    #[codec(index = 4)]
    EndedEarly,
    /// No valid first proof.
    #[codec(index = 5)]
    Lapsed,
}

impl DealState {
    /// Whether the deal still has a deadline, collateral and reserved credits.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Accepted | Self::Active)
    }
}

/// One replica at one Store (DL-3, DL-4).
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Deal<AccountId, BlockNumber> {
    /// The request it fills.
    pub request: u64,
    /// Who pays.
    pub client: AccountId,
    /// Who stores.
    pub store: AccountId,
    /// Root of the content.
    pub content: ContentId,
    /// What is proven.
    pub piece: Piece,
    /// Planck per proving period for this replica.
    pub price: Balance,
    /// Length, proving periods.
    pub periods: u32,
    /// How it is kept.
    pub tier: Tier,
    /// Where it stands.
    pub state: DealState,
    /// Block of `accept_deal`.
    pub accepted_at: BlockNumber,
    /// Block of the first accepted proof, from which periods count.
    pub activated_at: Option<BlockNumber>,
    /// Current period from 0; equal to `periods` when over.
    pub period: u32,
    /// Whether the current period is proven.
    pub proven: bool,
    /// Periods proven and paid.
    pub paid_periods: u32,
    /// Periods missed or proven wrong.
    pub faults: u32,
    /// The same without an accepted proof between them.
    pub faults_in_row: u32,
    /// Planck of the Store still on hold.
    pub collateral: Balance,
    /// Planck of the client's credits still set aside.
    pub reserved: Balance,
    /// Block at which the chain acts next; its slot in the agenda.
    pub deadline: BlockNumber,
    /// Planck of collateral at acceptance or at the latest renewal; what a fault costs is reckoned from it.
    pub pledged: Balance,
}

/// Answer to one challenge: a leaf and its siblings bottom-up (PP-3).
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct ProofAnswer {
    /// The challenged leaf.
    pub leaf: [u8; 32],
    /// As many siblings as the piece is high.
    pub path: MerklePath,
}

/// Answers to all challenges of one period (PP-3).
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct PossessionProof {
    /// The challenge seed that is answered, so that a proof for another fork or period is told from a false one.
    pub seed: [u8; 32],
    /// In the order of the challenges.
    pub answers: BoundedVec<ProofAnswer, MaxAnswers>,
}

/// The same as a [`PossessionProof`], with each node of the tree given once (PP-3).
///
/// `leaves` are those of the distinct challenged indices, ascending. `nodes` come bottom level first, ascending within
/// a level: for each known node whose sibling is not known, that sibling.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct MultiProof {
    /// The challenge seed that is answered.
    pub seed: [u8; 32],
    /// The challenged leaves.
    pub leaves: Leaves,
    /// What else it takes to compute the root; all of it is used.
    pub nodes: Siblings,
}

/// What an Inspector met (IN-4).
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Served as promised; `receipt` is the digest of the receipt.
    #[codec(index = 0)]
    Ok {
        /// Digest of leaf and path that only somebody who was served can know.
        receipt: [u8; 32],
    },
    /// Bytes that do not hash to their CID.
    #[codec(index = 1)]
    WrongBytes,
    /// An answer without bytes.
    #[codec(index = 2)]
    Refused,
    /// Worse than the ask on chain (AS-2).
    #[codec(index = 3)]
    AskBroken,
    /// No answer in time.
    #[codec(index = 4)]
    Unreachable,
}

/// One inspected item (IN-4).
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Verdict<AccountId> {
    /// Role of the subject.
    pub role: Role,
    /// Who was inspected.
    pub subject: AccountId,
    /// Index in the subject's list of items.
    pub item: u8,
    /// What was met.
    pub outcome: Outcome,
}

/// The worst that the chain saw of a Store's proofs in an epoch, worse to the right.
#[derive(
    Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug,
)]
pub enum HardEvidence {
    /// Proofs were accepted.
    #[codec(index = 0)]
    Ok,
    /// A proof did not come.
    #[codec(index = 1)]
    Missed,
    /// A proof was false.
    #[codec(index = 2)]
    Invalid,
}

/// Reputation of an account in a role, as last taken over (RE-2).
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct ReputationEntry {
    /// Parts per million.
    pub score: u32,
    /// Trust.
    pub standing: Standing,
    /// Weight of an Inspector's word, parts per million; 0 for other roles.
    pub weight: u32,
    /// Epoch whose evidence gave it.
    pub epoch: u32,
}

/// A changed reputation, carried by the first attestation of a digest.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct ReputationChange<AccountId> {
    /// Role it is about.
    pub role: Role,
    /// Account it is about.
    pub account: AccountId,
    /// New score, parts per million.
    pub score: u32,
    /// New standing.
    pub standing: Standing,
    /// New weight, parts per million.
    pub weight: u32,
}

/// All changes of an epoch, with the digest of the whole state of the reputation function behind them.
#[derive(
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    CloneNoBound,
    PartialEqNoBound,
    EqNoBound,
    DebugNoBound,
)]
#[codec(mel_bound(AccountId: MaxEncodedLen))]
#[scale_info(skip_type_params(MaxChanges))]
pub struct Changes<AccountId: Clone + PartialEq + Eq + core::fmt::Debug, MaxChanges: Get<u32>> {
    /// Digest of the whole reputation state.
    pub state: [u8; 32],
    /// What changed.
    pub entries: BoundedVec<ReputationChange<AccountId>, MaxChanges>,
}

/// An epoch of inspections (IN-1).
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct EpochInfo<BlockNumber> {
    /// Randomness of its first block.
    pub seed: [u8; 32],
    /// Its first block.
    pub first_block: BlockNumber,
}

/// Something that the chain itself does at a block (DL-4).
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub enum AgendaItem<AccountId> {
    /// The open part of this request expires.
    #[codec(index = 0)]
    RequestExpiry(u64),
    /// This deal lapses or its period ends.
    #[codec(index = 1)]
    Deal(u64),
    /// This question is unanswered.
    #[codec(index = 2)]
    Question(u64),
    /// The appeal of this account in this role is lost.
    #[codec(index = 3)]
    Appeal(Role, AccountId),
}
