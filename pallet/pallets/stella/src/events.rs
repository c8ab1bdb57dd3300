//! Events, a section of the pallet: one per fact, with the ids a client needs to follow without reading state.

#[frame_support::pallet_macros::pallet_section]
mod events {
    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// An account took a role; its bond is on hold.
        #[codec(index = 0)]
        RoleRegistered { role: Role, account: T::AccountId, endpoint: Endpoint },
        /// A role is reached elsewhere.
        #[codec(index = 1)]
        EndpointUpdated { role: Role, account: T::AccountId, endpoint: Endpoint },
        /// A role takes no new work; its bond can be withdrawn from block `free_at`, when no deal is live.
        #[codec(index = 2)]
        RoleLeft { role: Role, account: T::AccountId, free_at: BlockNumberFor<T> },
        /// A bond was freed, the role is over.
        #[codec(index = 3)]
        BondWithdrawn { role: Role, account: T::AccountId, amount: Balance },
        /// Planck became credits.
        #[codec(index = 4)]
        CreditsToppedUp { account: T::AccountId, amount: Balance },
        /// Credits became planck.
        #[codec(index = 5)]
        CreditsWithdrawn { account: T::AccountId, amount: Balance },
        /// A Store offers space.
        #[codec(index = 6)]
        AskPublished { store: T::AccountId, price: Balance, capacity: u64, expires_at: BlockNumberFor<T> },
        /// A Store offers no space.
        #[codec(index = 7)]
        AskWithdrawn { store: T::AccountId },
        /// A client asks for storage.
        #[codec(index = 8)]
        StorageRequested {
            request: u64,
            client: T::AccountId,
            content: ContentId,
            piece: Piece,
            replicas: u8,
            periods: u32,
            price_max: Balance,
        },
        /// The client took the open part back.
        #[codec(index = 9)]
        RequestCancelled { request: u64, refunded: Balance },
        /// Nobody took the open part in time.
        #[codec(index = 10)]
        RequestExpired { request: u64, refunded: Balance },
        /// Every replica has a live deal.
        #[codec(index = 11)]
        RequestFilled { request: u64 },
        /// Every deal of the request is over.
        #[codec(index = 12)]
        RequestDone { request: u64 },
        /// The replica of a failed deal is on offer again.
        #[codec(index = 13)]
        ReplicaReopened { request: u64, deal: u64 },
        /// The replica of a failed deal is lost: the client has not enough free credits, or closed the request.
        #[codec(index = 14)]
        ReplicaNotReopened { request: u64, deal: u64 },
        /// A Store took a replica, for `price` planck per period.
        #[codec(index = 15)]
        DealAccepted { deal: u64, request: u64, store: T::AccountId, client: T::AccountId, price: Balance },
        /// The first proof was accepted; periods count from block `at`.
        #[codec(index = 16)]
        DealActivated { deal: u64, at: BlockNumberFor<T> },
        /// A period is proven and paid.
        #[codec(index = 17)]
        ProofAccepted { deal: u64, store: T::AccountId, period: u32, paid: Balance },
        /// A proof for the right seed does not lead to the root of the piece.
        #[codec(index = 18)]
        ProofRejected { deal: u64, store: T::AccountId, period: u32 },
        /// A period without proof: `slashed` planck of collateral became credits of the client.
        #[codec(index = 19)]
        Fault { deal: u64, store: T::AccountId, period: u32, slashed: Balance, in_row: u32 },
        /// A deal is over: what the Store got back of its collateral, the client of its credits.
        #[codec(index = 20)]
        DealEnded {
            deal: u64,
            store: T::AccountId,
            outcome: DealState,
            collateral_returned: Balance,
            credits_returned: Balance,
        },
        /// A new epoch of inspections.
        #[codec(index = 21)]
        EpochStarted { epoch: u32, seed: [u8; 32] },
        /// An Inspector bound itself to verdicts.
        #[codec(index = 22)]
        VerdictsCommitted { epoch: u32, inspector: T::AccountId },
        /// An Inspector opened so many verdicts.
        #[codec(index = 23)]
        VerdictsRevealed { epoch: u32, inspector: T::AccountId, verdicts: u32 },
        /// An Inspector vouches for the reputation of an epoch.
        #[codec(index = 24)]
        ReputationAttested { epoch: u32, inspector: T::AccountId, digest: [u8; 32] },
        /// A quorum vouched for the reputation of an epoch; so many entries were taken over.
        #[codec(index = 25)]
        ReputationAdopted { epoch: u32, digest: [u8; 32], changes: u32 },
        /// Trust in an account changed.
        #[codec(index = 26)]
        StandingChanged { role: Role, account: T::AccountId, from: Standing, to: Standing, score: u32 },
        /// The admin named so many anchors.
        #[codec(index = 27)]
        AnchorsSet { count: u32 },
        /// An operator confirmed that an account works for it.
        #[codec(index = 28)]
        OperatorConfirmed { role: Role, account: T::AccountId, operator: T::AccountId },
        /// The client added so many periods to a deal, for `price` planck each.
        #[codec(index = 29)]
        DealRenewed { deal: u64, periods: u32, price: Balance },
        /// The client ends a deal early and pays the Store for it.
        #[codec(index = 30)]
        EarlyEndPaid { deal: u64, store: T::AccountId, paid: Balance },
        /// The piece of a deal is archived on Filecoin, by the deal's Store's account.
        #[codec(index = 31)]
        ArchiveRecorded { deal: u64, deal_id: u64, provider: u64, proposal: ContentId },
        /// The admin put an account out of a role for good.
        #[codec(index = 32)]
        Disqualified { role: Role, account: T::AccountId, reason: Reason },
        /// A suspended account asks to be looked at again, in the epoch after `epoch`.
        #[codec(index = 33)]
        Appealed { role: Role, account: T::AccountId, epoch: u32 },
        /// The account is no longer suspended; its fee is free.
        #[codec(index = 34)]
        AppealWon { role: Role, account: T::AccountId },
        /// The account stayed suspended, or left; its fee is the treasury's.
        #[codec(index = 35)]
        AppealLost { role: Role, account: T::AccountId, fee: Balance },
        /// A verdict is doubted; its Inspector must answer before block `deadline`.
        #[codec(index = 36)]
        VerdictQuestioned {
            question: u64,
            epoch: u32,
            inspector: T::AccountId,
            role: Role,
            subject: T::AccountId,
            item: u8,
            questioner: T::AccountId,
            deadline: BlockNumberFor<T>,
        },
        /// The Inspector showed a valid receipt, of the piece of `deal`.
        #[codec(index = 37)]
        QuestionAnswered { question: u64, deal: u64 },
        /// The Inspector showed none: its verdict is void, and it paid `penalty` planck to the questioner.
        #[codec(index = 38)]
        QuestionUnanswered {
            question: u64,
            epoch: u32,
            inspector: T::AccountId,
            role: Role,
            subject: T::AccountId,
            item: u8,
            penalty: Balance,
        },
    }
}
