//! Errors, a section of the pallet: one per reason; the text says what mends it.

#[frame_support::pallet_macros::pallet_section]
mod errors {
    #[pallet::error]
    pub enum Error<T> {
        /// The account holds this role already; withdraw the bond of the old one first.
        #[codec(index = 0)]
        AlreadyRegistered,
        /// The account does not hold this role; call `register_role` first.
        #[codec(index = 1)]
        NotRegistered,
        /// The account is leaving this role and takes no new work.
        #[codec(index = 2)]
        RoleLeaving,
        /// The role was not left; call `leave_role` first.
        #[codec(index = 3)]
        RoleNotLeft,
        /// The unbonding period is not over; wait until the block in the event `RoleLeft`.
        #[codec(index = 4)]
        StillUnbonding,
        /// The role has live deals; wait until they end.
        #[codec(index = 5)]
        LiveDeals,
        /// The endpoint is empty, no UTF-8, or has control characters; give a URL of at most 128 bytes.
        #[codec(index = 6)]
        BadEndpoint,
        /// There is no place for another Inspector.
        #[codec(index = 7)]
        TooManyInspectors,
        /// The account is Disqualified in this role for good.
        #[codec(index = 8)]
        Disqualified,
        /// The account is Suspended in this role; it recovers by its reputation.
        #[codec(index = 9)]
        Suspended,
        /// Free credits do not suffice; call `top_up_credits`.
        #[codec(index = 10)]
        NotEnoughCredits,
        /// An amount of zero does nothing.
        #[codec(index = 11)]
        ZeroAmount,
        /// The ask contradicts itself: sizes out of order, no periods, no capacity, or expired already.
        #[codec(index = 12)]
        BadAsk,
        /// The Store has no ask; call `publish_ask`.
        #[codec(index = 13)]
        NoAsk,
        /// The Store's ask has expired; publish a new one.
        #[codec(index = 14)]
        AskExpired,
        /// The piece is smaller or larger than the ask allows.
        #[codec(index = 15)]
        PieceOutsideAsk,
        /// The request runs longer than the ask allows.
        #[codec(index = 16)]
        PeriodsOutsideAsk,
        /// The request wants another tier than the ask offers.
        #[codec(index = 17)]
        TierOutsideAsk,
        /// The ask has less capacity left than the piece needs; publish it anew with more.
        #[codec(index = 18)]
        NotEnoughCapacity,
        /// The price is above what the request allows.
        #[codec(index = 19)]
        PriceAboveMax,
        /// The price is above the Store's own ask.
        #[codec(index = 20)]
        PriceAboveAsk,
        /// The price of the whole is beyond any amount.
        #[codec(index = 21)]
        PriceOverflow,
        /// There is no such request.
        #[codec(index = 22)]
        NoSuchRequest,
        /// Only the client of the request or deal may do this.
        #[codec(index = 23)]
        NotTheClient,
        /// The request has no open replica (any more).
        #[codec(index = 24)]
        RequestNotOpen,
        /// Ask for at least one replica.
        #[codec(index = 25)]
        NoReplicas,
        /// Ask for at most `MaxReplicas` replicas.
        #[codec(index = 26)]
        TooManyReplicas,
        /// Ask for 1 to `MaxPeriods` periods.
        #[codec(index = 27)]
        BadPeriods,
        /// The content is empty; give a binary CID.
        #[codec(index = 28)]
        BadContent,
        /// The piece is no piece CID v2: height not 2 to 50, or padding that leaves no byte of data.
        #[codec(index = 29)]
        BadPiece,
        /// The source is empty, no UTF-8, or has control characters; give a URL of at most 128 bytes.
        #[codec(index = 30)]
        BadSource,
        /// There is no exchange for assets here. A request itself is paid in credits: its `asset` must be none.
        #[codec(index = 31)]
        AssetsNotSupported,
        /// This account or operator has a replica of the request already.
        #[codec(index = 32)]
        AlreadyReplica,
        /// Too many deadlines fall on these blocks; try again later.
        #[codec(index = 33)]
        AgendaFull,
        /// There is no such deal.
        #[codec(index = 34)]
        NoSuchDeal,
        /// Only the Store of the deal may do this.
        #[codec(index = 35)]
        NotTheStore,
        /// The deal has ended.
        #[codec(index = 36)]
        DealOver,
        /// No proof is accepted at this block; the window is at the end of the proving period.
        #[codec(index = 37)]
        OutsideWindow,
        /// The current period is proven already.
        #[codec(index = 38)]
        AlreadyProven,
        /// The proof answers another seed than the current one; read `Seeds` and prove again.
        #[codec(index = 39)]
        StaleSeed,
        /// The proof has a wrong number of answers, leaves or nodes, or a path of another length than the piece is high.
        #[codec(index = 40)]
        MalformedProof,
        /// The phase of the epoch for this call is not now: commit, reveal and attestation have half an epoch each.
        #[codec(index = 41)]
        WrongPhase,
        /// The Inspector has committed for this epoch already.
        #[codec(index = 42)]
        AlreadyCommitted,
        /// The Inspector has not committed for this epoch; nothing can be revealed.
        #[codec(index = 43)]
        NoCommit,
        /// Verdicts and salt do not hash to the commit.
        #[codec(index = 44)]
        CommitMismatch,
        /// The Inspector has revealed for this epoch already.
        #[codec(index = 45)]
        AlreadyRevealed,
        /// The Inspector has attested for this epoch already.
        #[codec(index = 46)]
        AlreadyAttested,
        /// Another digest was taken over for this epoch already.
        #[codec(index = 47)]
        AlreadyAdopted,
        /// The first attestation of a digest must carry its changes.
        #[codec(index = 48)]
        ChangesMissing,
        /// The changes do not hash to the digest.
        #[codec(index = 49)]
        ChangesMismatch,
        /// A change has a score above 1,000,000, a weight above 2,000,000, or a weight for another role than Inspector.
        #[codec(index = 50)]
        ChangesOutOfRange,
        /// The Store's ask does not cover the renewal: expired, dearer than the deal, or other size, tier or length.
        #[codec(index = 51)]
        AskDoesNotCover,
        /// The Store cannot put up the collateral of the renewal; ask for fewer periods.
        #[codec(index = 52)]
        StoreWithoutCollateral,
        /// Only a deal that was proven once can be renewed.
        #[codec(index = 53)]
        DealNotActive,
        /// The deal is not of tier Filecoin; only those are archived.
        #[codec(index = 54)]
        NotFilecoinTier,
        /// The reason is empty, no UTF-8, or has control characters; give a sentence of at most 128 bytes.
        #[codec(index = 55)]
        BadReason,
        /// The account is not Suspended in this role; there is nothing to appeal against.
        #[codec(index = 56)]
        NotSuspended,
        /// An appeal of the account in this role is pending.
        #[codec(index = 57)]
        AlreadyAppealed,
        /// The Inspector revealed no such verdict for this epoch.
        #[codec(index = 58)]
        NoSuchVerdict,
        /// Only an `Ok` claims a receipt and can be put in question.
        #[codec(index = 59)]
        VerdictNotOk,
        /// The verdict was put in question already.
        #[codec(index = 60)]
        AlreadyQuestioned,
        /// There is no such question (any more).
        #[codec(index = 61)]
        NoSuchQuestion,
        /// Only the Inspector whose verdict is in question may answer.
        #[codec(index = 62)]
        NotTheInspector,
        /// The time for the answer is over.
        #[codec(index = 63)]
        TooLateToAnswer,
        /// The receipt is not the one of the verdict, or does not lead to the root of a piece of the subject.
        #[codec(index = 64)]
        ReceiptInvalid,
        /// The account does not declare the signer as its operator in this role.
        #[codec(index = 65)]
        NoSuchClaim,
        /// The exchange brought fewer credits than asked for.
        #[codec(index = 66)]
        TooFewCredits,
    }
}
