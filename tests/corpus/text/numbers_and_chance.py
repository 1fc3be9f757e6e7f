# statistics, random, heapq, bisect, uuid, fractions, decimal.
import statistics as st, random, heapq, bisect, uuid, fractions, decimal, secrets, string
d = [1, 2, 2, 3, 4, 4, 4, 5.5]
print(st.mean(d), st.median(d), st.mode(d), st.multimode([1, 1, 2, 2]), st.stdev(d), st.variance(d), st.pstdev(d), st.pvariance(d), st.median_low(d), st.median_high(d), st.quantiles(d, n=4), st.harmonic_mean([40, 60]), st.geometric_mean([54, 24, 36]), st.fmean(d), st.correlation([1, 2, 3], [2, 4, 7]), st.linear_regression([1, 2, 3], [2, 4, 6]), st.NormalDist(100, 15).cdf(115), st.median_grouped([1, 3, 3, 5]), st.covariance([1, 2, 3], [1, 2, 3]), st.NormalDist.from_samples(d))
for bad in (lambda: st.mean([]), lambda: st.stdev([1]), lambda: st.mode([]), lambda: st.median([]), lambda: st.mean(['a']), lambda: st.quantiles([1]), lambda: st.harmonic_mean([-1])):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
random.seed(42); print(random.random(), random.randint(1, 6), random.choice('abc'), random.sample(range(100), 3), random.uniform(1, 2), random.gauss(0, 1), random.randrange(0, 100, 5), random.choices([1, 2, 3], weights=[1, 2, 3], k=4), random.betavariate(1, 2), random.expovariate(1), random.triangular(), random.normalvariate(), random.getrandbits(16), random.randbytes(3), random.shuffle(l := list(range(5))), l, random.Random(1).random(), random.lognormvariate(0, 1), random.paretovariate(1), random.weibullvariate(1, 1), random.vonmisesvariate(0, 1), random.gammavariate(1, 2))
for bad in (lambda: random.choice([]), lambda: random.randint(2, 1), lambda: random.sample([1], 2), lambda: random.choices([1], weights=[1, 2]), lambda: random.randrange(0), lambda: random.randint(1.5, 2), lambda: random.sample({1, 2}, 1), lambda: random.choice({1: 2}), lambda: random.seed([])):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
h = [5, 1, 4]; heapq.heapify(h); heapq.heappush(h, 0); print(h, heapq.heappop(h), heapq.heappushpop(h, 3), heapq.heapreplace(h, 9), heapq.nlargest(2, [1, 5, 3]), heapq.nsmallest(2, 'hello', key=ord), list(heapq.merge([1, 4], [2, 3])), list(heapq.merge([4, 1], [3, 2], reverse=True)))
try: heapq.heappop([])
except IndexError as e: print(e)
try: heapq.heappush([(1, {})], (1, {}))
except TypeError as e: print(e)
a = [1, 3, 3, 5]; print(bisect.bisect(a, 3), bisect.bisect_left(a, 3), bisect.insort(a, 4), a, bisect.bisect_right([{'v': 1}], 1, key=lambda d: d['v']))
def grade(s): return 'FDCBA'[bisect.bisect([60, 70, 80, 90], s)]
print([grade(s) for s in (33, 60, 75, 89, 90, 100)])
u = uuid.UUID('12345678123456781234567812345678'); print(u, repr(u), u.hex, u.int, u.version, uuid.uuid5(uuid.NAMESPACE_DNS, 'python.org'), uuid.uuid3(uuid.NAMESPACE_URL, 'x'), u.bytes[:2], u.urn, u.fields[0], u < uuid.UUID(int=2**127))
try: uuid.UUID('x')
except ValueError as e: print(e)
F = fractions.Fraction; print(F(1, 3) + F('0.5'), F(0.25), repr(F(3, 6)), F(7, 2) // 1, round(F(7, 2)), float(F(1, 8)), F('3/4').limit_denominator(2), F(1, 3) < 0.5, F(5, 4).numerator)
D = decimal.Decimal; print(D('0.1') + D('0.2'), D(1) / D(3), D('1.10').quantize(D('0.1')), D('123.456').normalize(), D(0.1), repr(D('1E+3')), D('2').sqrt(), round(D('2.5')), D('1.5').to_integral_value(), D('10').ln(), D('-0'), D('Infinity'), D('NaN').is_nan(), D(3).compare(D(2)), f"{D('1234.5'):,.2f}")
try: D(1) / 0
except decimal.DivisionByZero as e: print(type(e), e)
try: D('abc')
except decimal.InvalidOperation as e: print(e)
with decimal.localcontext() as ctx: ctx.prec = 5; print(D(1) / D(7))
print(string.ascii_lowercase, string.digits, string.punctuation, string.capwords('hello world'), len(secrets.token_hex(8)), secrets.choice([1]) , string.whitespace.encode())
