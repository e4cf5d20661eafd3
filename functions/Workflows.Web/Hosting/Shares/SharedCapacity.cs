using System.Net;

namespace Workflows.Web.Hosting.Shares;

/// <summary>
/// What there is only so much of, and every stranger may ask for: room for bodies, connections. No address holds more
/// than its share. Where there is no room, the holding that has waited longest gives way to the newest: of the same
/// address when its share is used up, of the address that holds most when all is. So who floods loses to themselves,
/// and an address that holds little always gets in.
/// </summary>
/// <param name="exempt">Addresses without a share, which nothing is taken from.</param>
internal sealed class SharedCapacity(long total, long perAddress, IReadOnlySet<IPAddress> exempt)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, Account> _accounts = [];
    private long _held;

    /// <summary>How much is held in all.</summary>
    public long Held
    {
        get
        {
            lock (_lock)
            {
                return _held;
            }
        }
    }

    /// <summary>How many addresses hold something.</summary>
    public int Addresses
    {
        get
        {
            lock (_lock)
            {
                return _accounts.Count;
            }
        }
    }

    /// <summary>Makes the holding as large as an amount. One that has given way never grows again.</summary>
    /// <returns>False when nothing that may give way makes room for it.</returns>
    public bool TryGrowTo(Holding holding, long amount)
    {
        var givenWay = new List<Holding>();
        bool fits;
        lock (_lock)
        {
            fits = MakeRoom(holding, amount - holding.Amount, givenWay);
            if (fits)
            {
                Set(holding, amount);
            }
        }

        // Outside of the lock: what ends a request or a connection may come back here.
        givenWay.ForEach(each => each.EndUse());
        return fits;
    }

    /// <summary>Says whether a holding may give way from now on; it stands last in line then.</summary>
    public void LetGiveWay(Holding holding, bool mayGiveWay)
    {
        lock (_lock)
        {
            holding.MayGiveWay = mayGiveWay;
            if (_accounts.TryGetValue(holding.Address, out var account) && holding.Amount > 0)
            {
                account.Line(holding);
            }
        }
    }

    public void Release(Holding holding)
    {
        lock (_lock)
        {
            Set(holding, 0);
        }
    }

    private bool MakeRoom(Holding holding, long more, List<Holding> givenWay)
    {
        if (holding.HasGivenWay || more > total)
        {
            return false;
        }

        var isExempt = exempt.Contains(holding.Address);
        while (!isExempt && HeldBy(holding.Address) + more > perAddress)
        {
            if (!TakeBack(_accounts.GetValueOrDefault(holding.Address)?.NextInLine(holding), givenWay))
            {
                return false;
            }
        }

        while (_held + more > total)
        {
            if (!TakeBack(NextOfTheGreediest(holding, more), givenWay))
            {
                return false;
            }
        }

        return true;
    }

    private bool TakeBack(Holding? holding, List<Holding> givenWay)
    {
        if (holding is null)
        {
            return false;
        }

        holding.HasGivenWay = true;
        Set(holding, 0);
        givenWay.Add(holding);
        return true;
    }

    /// <summary>Never of an address that holds less than the one that asks.</summary>
    private Holding? NextOfTheGreediest(Holding asking, long more)
    {
        var most = exempt.Contains(asking.Address) ? 0 : HeldBy(asking.Address) + more;
        Holding? next = null;
        foreach (var (address, account) in _accounts)
        {
            if (account.Held >= most && !exempt.Contains(address) && account.NextInLine(asking) is { } candidate)
            {
                (most, next) = (account.Held + 1, candidate);
            }
        }

        return next is null && !exempt.Contains(asking.Address)
            ? _accounts.GetValueOrDefault(asking.Address)?.NextInLine(asking)
            : next;
    }

    private void Set(Holding holding, long amount)
    {
        if (!_accounts.TryGetValue(holding.Address, out var account))
        {
            _accounts[holding.Address] = account = new Account();
        }

        var more = amount - holding.Amount;
        var isNew = holding.Amount == 0;
        holding.Amount = amount;
        account.Held += more;
        _held += more;
        if (amount == 0 || isNew)
        {
            account.Line(holding);
        }

        if (account.Held == 0)
        {
            _accounts.Remove(holding.Address);
        }
    }

    private long HeldBy(IPAddress address) => _accounts.GetValueOrDefault(address)?.Held ?? 0;

    /// <summary>What one address holds, and what of it may give way, the longest waiting first.</summary>
    private sealed class Account
    {
        private readonly LinkedList<Holding> _line = [];

        public long Held { get; set; }

        public Holding? NextInLine(Holding except) =>
            _line.First is { } first && first.Value == except ? first.Next?.Value : _line.First?.Value;

        public void Line(Holding holding)
        {
            if (holding.Place.List is not null)
            {
                _line.Remove(holding.Place);
            }

            if (holding is { MayGiveWay: true, Amount: > 0 })
            {
                _line.AddLast(holding.Place);
            }
        }
    }
}
