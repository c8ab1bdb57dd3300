//! Archives on Filecoin (FX-2), and records that wait to be forgotten.

use super::ContentId;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A deal on Filecoin's storage market, as its Store reports it.
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct FilecoinDeal {
    /// Number of the deal there.
    pub deal_id: u64,
    /// Actor id of the storage provider.
    pub provider: u64,
    /// CID of the signed proposal.
    pub proposal: ContentId,
}

/// Where the piece of a deal is archived.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, PartialEq, Eq, Debug)]
pub struct ArchiveRecord<BlockNumber> {
    /// Number of the deal on Filecoin.
    pub deal_id: u64,
    /// Actor id of the storage provider.
    pub provider: u64,
    /// CID of the signed proposal.
    pub proposal: ContentId,
    /// Block of the record.
    pub recorded_at: BlockNumber,
}

/// Something that is over and is forgotten after `RetentionPeriod`.
#[derive(Encode, Decode, MaxEncodedLen, TypeInfo, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Finished {
    /// A deal, with its archive.
    #[codec(index = 0)]
    Deal(u64),
    /// A request without open replicas and live deals.
    #[codec(index = 1)]
    Request(u64),
}
