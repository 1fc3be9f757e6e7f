import copy
import io
import xml.etree.ElementTree as ET
from xml.dom import minidom

TEXT = """<?xml version="1.0"?>
<!-- shop -->
<shop xmlns:m="http://money.example/">
  <item id="1" kind="fruit"><name>Apple &amp; pear</name><m:price m:unit="€">1.5</m:price></item>
  <item id="2"><name>Salt</name>tail</item>
  <item id="3" kind="fruit"><name/></item><![CDATA[<raw>]]>
</shop>"""
root = ET.fromstring(TEXT)
print(root.tag, root.attrib, len(root), [child.get("id") for child in root], repr(root[1][0].tail))
for path in (
    "item", "item/name", ".//name", "item[@kind]", "item[@kind='fruit']/name", "item[2]", "item[last()]", "item[name='Salt']",
    "*", ".//*[@id='3']/..", "{*}item", ".//{http://money.example/}price", "item[@id!='1']", "item/..", ".",
):
    print(path, [(found.tag, found.get("id")) for found in root.findall(path)])
print(root.findtext("item/name"), root.find("nope"), root.findtext("nope", "default"))
print(root.find(".//m:price", {"m": "http://money.example/"}).attrib, "".join(root[0].itertext()))
print(ET.tostring(root, encoding="unicode"))
item = ET.SubElement(root, "item", {"id": "4"}, note='a "b" <c>\n')
item.text = "é < ü"
item.append(ET.Comment(" new "))
print(ET.tostring(item), ET.tostring(item, "utf-8"), ET.tostring(item, encoding="unicode", short_empty_elements=False))
root.remove(root[0])
ET.indent(root)
ET.dump(root)
file = io.BytesIO()
ET.ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)
print(file.getvalue()[:60], ET.parse(io.BytesIO(file.getvalue())).getroot().find("item").attrib)
other = copy.deepcopy(root)
other[0].set("id", "changed")
print(root[0].get("id"), other[0].get("id"), [e.tag for e in root.iter("name")])
for event, element in ET.iterparse(io.StringIO("<a><b>1</b><c/></a>"), events=("start", "end")):
    print(event, element.tag, element.text)
for wrong in ("", "<a>", "<a></b>", "<a><b></a>", "text", "<a/><b/>", "<a>&foo;</a>", "<a b=1/>", "<a b='1' b='2'/>", "<a"):
    try:
        ET.fromstring(wrong)
    except ET.ParseError as error:
        print(repr(wrong), error, error.code, error.position)
for wrong in (lambda: root.append("x"), lambda: ET.tostring(ET.Element("q", {"a": 1})), lambda: root[99]):
    try:
        wrong()
    except (TypeError, IndexError) as error:
        print(type(error).__name__, error)
document = minidom.parseString("<a x='1'><b>t</b><c/><!--k--></a>")
print(document.toprettyxml(indent="  "), document.getElementsByTagName("b")[0].firstChild.data, document.toxml())
