//! A second bookkeeping of all money. It starts from the balances of genesis, hears events, and knows prices and rules
//! from the protocol text, not from the pallet's code: whatever the chain moves without saying so, or says without
//! moving it, shows in the comparison with the chain's books.

use crate::{mock::*, types::*, *};
use std::collections::BTreeMap;

/// Everything that an account owns, planck.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct Purse {
    pub money: Balance,
    pub bonds: Balance,
    pub collateral: Balance,
    pub fees: Balance,
    pub question_bonds: Balance,
    pub free_credits: Balance,
    pub reserved_credits: Balance,
}

impl Purse {
    /// The same from the chain's books.
    pub fn on_chain(account: AccountId) -> Self {
        let (free_credits, reserved_credits) = credits(account);
        Self {
            money: Balances::free_balance(account),
            bonds: held(HoldReason::RoleBond, account),
            collateral: held(HoldReason::DealCollateral, account),
            fees: held(HoldReason::AppealFee, account),
            question_bonds: held(HoldReason::QuestionBond, account),
            free_credits,
            reserved_credits,
        }
    }
}

/// A request as the events tell it.
pub struct RequestBook {
    pub client: AccountId,
    piece: Piece,
    periods: u32,
    price_max: Balance,
    open: u32,
}

impl RequestBook {
    /// What one open replica holds.
    fn each(&self) -> Balance {
        price(&self.piece, self.price_max) * Balance::from(self.periods)
    }
}

/// A deal as the events tell it.
pub struct DealBook {
    pub id: u64,
    pub store: AccountId,
    pub client: AccountId,
    pub periods: u32,
    pub accepted_at: u64,
    pub activated_at: Option<u64>,
    /// Numbers of the periods that were paid.
    pub proven: Vec<u32>,
    /// Numbers of the periods that were faults.
    pub faults: Vec<u32>,
    pub end: Option<DealState>,
    price: Balance,
    pledged: Balance,
    collateral: Balance,
    reserved: Balance,
}

impl DealBook {
    /// The block whose randomness asks for a proof that can and should be given now.
    pub fn due_at(&self, now: u64) -> Option<u64> {
        if self.end.is_some() {
            return None;
        }
        let Some(start) = self.activated_at else {
            return (now > self.accepted_at && now < self.accepted_at + ACTIVATION).then_some(self.accepted_at + 1);
        };
        let period = (now - start) / PERIOD;
        let opens = start + (period + 1) * PERIOD - WINDOW;
        let proven = self.proven.last().is_some_and(|last| u64::from(*last) >= period);
        (now >= opens && period < self.periods.into() && !proven).then_some(opens)
    }
}

/// What the money model says is wrong.
pub type Broken = String;

#[derive(Default)]
pub struct Ledger {
    pub purses: BTreeMap<AccountId, Purse>,
    pub requests: BTreeMap<u64, RequestBook>,
    pub deals: BTreeMap<u64, DealBook>,
    /// What each role still has on hold.
    bonds: BTreeMap<(Role, AccountId), Balance>,
    /// Questioner and Inspector of each open question.
    questions: BTreeMap<u64, (AccountId, AccountId)>,
}

/// Planck of a piece and period: `ceil(price * padded size / 2^30)`.
fn price(piece: &Piece, per_gib: Balance) -> Balance {
    let product = per_gib * (32u128 << piece.height);
    product / (1 << 30) + Balance::from(!product.is_multiple_of(1 << 30))
}

/// A tenth of the collateral at the start, rounded up.
fn tenth(amount: Balance) -> Balance {
    amount / 10 + Balance::from(!amount.is_multiple_of(10))
}

macro_rules! same {
    ($left:expr, $right:expr, $what:expr) => {
        let (left, right) = ($left, $right);
        if left != right {
            return Err(format!("{}: the event says {left}, the protocol {right}", $what));
        }
    };
}

impl Ledger {
    pub fn opened(accounts: impl Iterator<Item = AccountId>) -> Self {
        let purses = accounts.map(|account| (account, Purse::on_chain(account))).collect();
        Self { purses, ..Self::default() }
    }

    fn purse(&mut self, account: AccountId) -> &mut Purse {
        self.purses.entry(account).or_default()
    }

    /// Books an event of a call, or of a block that begins.
    pub fn hear(&mut self, event: &Event<Test>, call: Option<&str>) -> Result<(), Broken> {
        match event.clone() {
            Event::RoleRegistered { role, account, .. } => {
                let bond = if role == Role::Fetch { BOND / 2 } else { BOND };
                self.bonds.insert((role, account), bond);
                self.purse(account).money -= bond;
                self.purse(account).bonds += bond;
            },
            Event::BondWithdrawn { role, account, amount } => {
                same!(amount, self.bonds.remove(&(role, account)).unwrap_or(0), "bond");
                self.purse(account).bonds -= amount;
                self.purse(account).money += amount;
            },
            Event::CreditsToppedUp { account, amount } => {
                let payer = if call == Some("top_up_with_asset") { POOL } else { account };
                self.purse(payer).money -= amount;
                self.purse(account).free_credits += amount;
            },
            Event::CreditsWithdrawn { account, amount } => {
                self.purse(account).free_credits -= amount;
                self.purse(account).money += amount;
            },
            Event::StorageRequested { request, client, piece, replicas, periods, price_max, .. } => {
                let book = RequestBook { client, piece, periods, price_max, open: replicas.into() };
                self.set_aside(client, book.each() * Balance::from(replicas));
                self.requests.insert(request, book);
            },
            Event::RequestCancelled { request, refunded } | Event::RequestExpired { request, refunded } => {
                let book = self.requests.get_mut(&request).ok_or("an unknown request ended")?;
                same!(refunded, book.each() * Balance::from(book.open), "refund");
                book.open = 0;
                let client = book.client;
                self.free(client, refunded);
            },
            Event::ReplicaReopened { request, .. } => {
                let book = self.requests.get_mut(&request).ok_or("an unknown request reopened")?;
                book.open += 1;
                let (client, each) = (book.client, book.each());
                self.set_aside(client, each);
            },
            Event::DealAccepted { deal, request, store, client, price } => {
                self.accepted(deal, request, store, client, price)?
            },
            Event::DealActivated { deal, at } => self.deal(deal)?.activated_at = Some(at),
            Event::ProofAccepted { deal, store, period, paid } => {
                let book = self.deal(deal)?;
                same!(paid, book.price, "payment");
                book.reserved -= paid;
                book.proven.push(period);
                let client = book.client;
                self.purse(client).reserved_credits -= paid;
                self.purse(store).money += paid;
            },
            Event::Fault { deal, period, slashed, .. } => {
                let book = self.deal(deal)?;
                same!(slashed, tenth(book.pledged).min(book.collateral), "slash of a fault");
                book.faults.push(period);
                book.reserved -= book.price;
                let (client, price) = (book.client, book.price);
                self.slashed(deal, slashed)?;
                self.free(client, price);
            },
            Event::DealEnded { deal, outcome, collateral_returned, credits_returned, .. } => {
                self.ended(deal, outcome, collateral_returned, credits_returned)?
            },
            Event::DealRenewed { deal, periods, .. } => self.renewed(deal, periods)?,
            Event::EarlyEndPaid { deal, store, paid } => {
                let book = self.deal(deal)?;
                same!(paid, book.price.min(book.reserved), "price of an early end");
                book.reserved -= paid;
                let client = book.client;
                self.purse(client).reserved_credits -= paid;
                self.purse(store).money += paid;
            },
            Event::Appealed { account, .. } => {
                self.purse(account).money -= APPEAL_FEE;
                self.purse(account).fees += APPEAL_FEE;
            },
            Event::AppealWon { account, .. } => {
                self.purse(account).fees -= APPEAL_FEE;
                self.purse(account).money += APPEAL_FEE;
            },
            Event::AppealLost { account, fee, .. } => {
                same!(fee, APPEAL_FEE, "fee of an appeal");
                self.purse(account).fees -= fee;
                self.purse(TREASURY).money += fee;
            },
            Event::VerdictQuestioned { question, inspector, questioner, .. } => {
                self.purse(questioner).money -= QUESTION_BOND;
                self.purse(questioner).question_bonds += QUESTION_BOND;
                self.questions.insert(question, (questioner, inspector));
            },
            Event::QuestionAnswered { question, .. } => {
                let (questioner, inspector) = self.questions.remove(&question).ok_or("an answer without question")?;
                self.purse(questioner).question_bonds -= QUESTION_BOND;
                self.purse(inspector).money += QUESTION_BOND;
            },
            Event::QuestionUnanswered { question, penalty, .. } => {
                let (questioner, inspector) = self.questions.remove(&question).ok_or("no such question")?;
                let bond = self.bonds.entry((Role::Inspector, inspector)).or_default();
                same!(penalty, PENALTY.min(*bond), "penalty for a forgery");
                *bond -= penalty;
                self.purse(inspector).bonds -= penalty;
                self.purse(questioner).question_bonds -= QUESTION_BOND;
                self.purse(questioner).money += QUESTION_BOND + penalty;
            },
            _ => (),
        }
        Ok(())
    }

    /// More periods at the same price; the collateral is filled up to what is then ahead.
    fn renewed(&mut self, deal: u64, more: u32) -> Result<(), Broken> {
        let over = Deals::<Test>::get(deal).ok_or("a renewed deal is unknown")?.period;
        let book = self.deal(deal)?;
        let price = book.price * Balance::from(more);
        book.periods += more;
        book.reserved += price;
        let missing = (book.price * Balance::from(book.periods - over)).saturating_sub(book.collateral);
        book.collateral += missing;
        book.pledged = book.collateral;
        let (client, store) = (book.client, book.store);
        self.set_aside(client, price);
        self.purse(store).money -= missing;
        self.purse(store).collateral += missing;
        Ok(())
    }

    fn accepted(
        &mut self,
        deal: u64,
        request: u64,
        store: AccountId,
        client: AccountId,
        price: Balance,
    ) -> Result<(), Broken> {
        let book = self.requests.get_mut(&request).ok_or("an unknown request was accepted")?;
        book.open = book.open.checked_sub(1).ok_or("a deal without an open replica")?;
        let periods = book.periods;
        let reserved = price * Balance::from(periods);
        let difference = book.each().checked_sub(reserved).ok_or("a price above the maximum")?;
        self.free(client, difference);
        self.purse(store).money -= reserved;
        self.purse(store).collateral += reserved;
        let book = DealBook {
            id: deal,
            store,
            client,
            periods,
            accepted_at: System::block_number(),
            activated_at: None,
            proven: vec![],
            faults: vec![],
            end: None,
            price,
            pledged: reserved,
            collateral: reserved,
            reserved,
        };
        self.deals.insert(deal, book);
        Ok(())
    }

    fn ended(&mut self, deal: u64, outcome: DealState, collateral: Balance, credits: Balance) -> Result<(), Broken> {
        let book = self.deal(deal)?;
        let kept = match outcome {
            DealState::Terminated => 0,
            DealState::Lapsed => book.collateral - tenth(book.pledged).min(book.collateral),
            _ => book.collateral,
        };
        same!(collateral, kept, "collateral returned");
        same!(credits, book.reserved, "credits returned");
        let (client, store, slashed) = (book.client, book.store, book.collateral - kept);
        self.slashed(deal, slashed)?;
        self.free(client, credits);
        self.purse(store).collateral -= kept;
        self.purse(store).money += kept;
        let book = self.deal(deal)?;
        (book.collateral, book.reserved, book.end) = (0, 0, Some(outcome));
        Ok(())
    }

    /// Collateral becomes free credits of the client.
    fn slashed(&mut self, deal: u64, amount: Balance) -> Result<(), Broken> {
        let book = self.deal(deal)?;
        book.collateral -= amount;
        let (store, client) = (book.store, book.client);
        self.purse(store).collateral -= amount;
        self.purse(client).free_credits += amount;
        Ok(())
    }

    fn set_aside(&mut self, client: AccountId, amount: Balance) {
        self.purse(client).free_credits -= amount;
        self.purse(client).reserved_credits += amount;
    }

    fn free(&mut self, client: AccountId, amount: Balance) {
        self.purse(client).reserved_credits -= amount;
        self.purse(client).free_credits += amount;
    }

    pub fn deal(&mut self, id: u64) -> Result<&mut DealBook, Broken> {
        self.deals.get_mut(&id).filter(|book| book.end.is_none()).ok_or_else(|| format!("deal {id} is not live"))
    }
}
