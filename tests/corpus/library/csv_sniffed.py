"""What a sniffer makes of samples."""
import csv

SAMPLES = (
    "a|b|c\n1|2|3\n", "x;y\n1,5;2\n3,5;4\n", "one two three\nfour five six\n", "'a':'b':'c'\n'd':'e':'f'\n",
    'id, name\n1, "Smith, J"\n2, "Doe ""D"" X"\n', "a\tb\n1\t2\n", "k=v&k=w\nq=1&r=2\n", "no delimiter\n", "",
)  # fmt: skip
for sample in SAMPLES:
    try:
        found = csv.Sniffer().sniff(sample)
    except csv.Error as e:
        print(e)
    else:
        print(repr(found.delimiter), found.quotechar, found.doublequote, found.skipinitialspace, found.quoting)
        print(list(csv.reader(sample.splitlines(), found)))
print(csv.Sniffer().sniff("a,b;c\n1,2;3\n", delimiters=";").delimiter)
