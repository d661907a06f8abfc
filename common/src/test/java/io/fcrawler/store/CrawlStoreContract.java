package io.fcrawler.store;

/**
 * What every {@link CrawlStore} must do: a backend's test class implements this, and gives a {@link
 * StoreBackend}. The end of a test's name tells which rule it guards of those that the design marks
 * †:
 *
 * <ul>
 *   <li>{@code _daggerWait}: a lane has a holder until its lease ends; others wait, and the former
 *       holder's calls change nothing;
 *   <li>{@code _daggerGone}: every call names its crawl; about another, or none, it is refused;
 *   <li>{@code _daggerStale}: a session's call with a wrong seq, or of no session, is refused;
 *   <li>{@code _daggerOffset}: the store holds its own position in the log of commands, raised with
 *       the noting in one step, and applies what is noted in a second one.
 * </ul>
 */
public interface CrawlStoreContract
    extends OpenContract,
        ControlContract,
        CommandLogContract,
        SessionContract,
        AcquireContract,
        TurnContract,
        LinkContract,
        ClaimContract,
        HostContract,
        DamageContract,
        EmptyStateContract,
        ReadContract,
        AnnouncementContract,
        RobotsContract,
        SeedListContract {}
