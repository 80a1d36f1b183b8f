#include "render/xml_writer.hpp"

#include <doctest/doctest.h>

namespace billctl {

TEST_CASE("a document stands in the order in which it was put") {
  XmlWriter xml("Invoice", {{"xmlns", "urn:x"}});
  xml.put("cbc:ID", "INV1");
  {
    const auto party = xml.in("cac:Party");
    xml.put("cbc:EndpointID", "0037", {{"schemeID", "0216"}});
    const auto name = xml.in("cac:PartyName");
    xml.put("cbc:Name", "A & B");
  }
  CHECK(xml.finish() ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<Invoice xmlns=\"urn:x\">\n"
        "  <cbc:ID>INV1</cbc:ID>\n"
        "  <cac:Party>\n"
        "    <cbc:EndpointID schemeID=\"0216\">0037</cbc:EndpointID>\n"
        "    <cac:PartyName>\n"
        "      <cbc:Name>A &amp; B</cbc:Name>\n"
        "    </cac:PartyName>\n"
        "  </cac:Party>\n"
        "</Invoice>\n");
}

TEST_CASE("nothing leaves neither an element nor the groups around it") {
  XmlWriter xml("Invoice");
  {
    const auto party = xml.in("cac:Party");
    {
      const auto address = xml.in("cac:PostalAddress");
      xml.put("cbc:StreetName", "");
      xml.put("cbc:CityName", " \n");
    }
    xml.put("cbc:ID", "7", {{"schemeID", ""}});
    const auto contact = xml.in("cac:Contact");
  }
  CHECK(xml.finish() ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<Invoice>\n"
        "  <cac:Party>\n"
        "    <cbc:ID>7</cbc:ID>\n"
        "  </cac:Party>\n"
        "</Invoice>\n");
}

}  // namespace billctl
