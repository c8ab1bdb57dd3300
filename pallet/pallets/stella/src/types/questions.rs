//! Questions about verdicts (IN-8), and appeals against a suspension (RE-5).

use super::{Balance, ProofAnswer, Role};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Names a verdict within its epoch: inspector, role and account of the subject, index of the item.
pub type VerdictKey<AccountId> = (AccountId, Role, AccountId, u8);

/// A revealed `Ok` that somebody doubts.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Question<AccountId, BlockNumber> {
    /// Epoch of the verdict.
    pub epoch: u32,
    /// Who must answer.
    pub inspector: AccountId,
    /// Role of the subject.
    pub role: Role,
    /// Who was inspected.
    pub subject: AccountId,
    /// Index in the subject's list of items.
    pub item: u8,
    /// Digest of the receipt that the verdict claims.
    pub receipt: [u8; 32],
    /// Who asks.
    pub questioner: AccountId,
    /// Planck of the questioner on hold; the Inspector's for a valid answer.
    pub bond: Balance,
    /// First block at which it is too late to answer; its slot in the agenda.
    pub deadline: BlockNumber,
}

impl<AccountId: Clone, BlockNumber> Question<AccountId, BlockNumber> {
    /// The verdict that is in question.
    pub fn verdict(&self) -> VerdictKey<AccountId> {
        (self.inspector.clone(), self.role, self.subject.clone(), self.item)
    }
}

/// What only somebody who was served can show: a leaf of a piece with its path (IN-4).
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// A deal over the piece.
    pub deal: u64,
    /// The leaf that was drawn for this Inspector, and its path.
    pub proof: ProofAnswer,
}

/// A suspended account that says it has mended itself.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct Appeal<BlockNumber> {
    /// Epoch of the appeal; the subject is looked at closely in the next one.
    pub epoch: u32,
    /// Planck on hold.
    pub fee: Balance,
    /// Block at which the appeal is lost; its slot in the agenda.
    pub deadline: BlockNumber,
}
